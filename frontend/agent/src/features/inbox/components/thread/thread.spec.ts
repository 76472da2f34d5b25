import { beforeEach, describe, expect, it } from 'vitest'
import type { Delivery, TimelineEntry } from '@shared/api/types'
import { allByRole, byRole, click, nameOf, openPage, says, settle } from '@/testing/desk'
import { useFakeServer } from '@/testing/fakeServer'
import { aContext, aFile, aNote, aReply, aRow, aTicket, aView, lucia, page, received, rocio } from '@/testing/world'
import { forgetDrafts } from '../../composables/drafts'

describe('the conversation', () => {
  const server = useFakeServer()
  const marta = aRow('marta', 'Marta Gil')
  const log = () => byRole('log', 'Mensajes').textContent?.replace(/\s+/g, ' ') ?? ''

  beforeEach(() => {
    forgetDrafts()
    server.on('GET /views', page([aView('open', 1)]))
    server.on('GET /tickets', page([marta]))
    server.on('GET /tickets/*/context', aContext())
    server.on('GET /tickets/*/draft', null)
  })

  async function open(...timeline: TimelineEntry[]) {
    server.on('GET /tickets/marta', aTicket(marta, timeline))
    return openPage('/inbox/open/marta')
  }

  function change(kind: TimelineEntry['kind'], from: string | null, to: string | null, actor: TimelineEntry['actor']['kind'] = 'person'): TimelineEntry {
    return { id: `${kind}${from}${to}`, at: '2025-11-24T16:00:00Z', kind, actor: { kind: actor, id: 'x', name: 'Inés Robles', partyKind: 'shop' }, reason: null, message: null, change: { field: kind, from, to } }
  }

  it.each([
    [change('assigned', null, 'Lucía Ferrer'), 'Inés Robles asignó la conversación a Lucía Ferrer'],
    [change('assigned', 'Rocío Leal', 'Lucía Ferrer', 'system'), 'Pasa de Rocío Leal a Lucía Ferrer'],
    [change('assigned', 'Rocío Leal', null), 'Inés Robles dejó la conversación sin asignar'],
    [change('status-changed', 'open', 'on-hold'), 'Inés Robles la pasó de abierta a en espera'],
    [change('tagged', null, 'Retraso'), 'Inés Robles puso la etiqueta Retraso'],
    [change('order-linked', null, 'AU-20418', 'system'), 'Pedido AU-20418 enlazado'],
    [change('reply-cancelled', null, null), 'Inés Robles canceló una respuesta antes de que saliera'],
    [change('created', null, null, 'system'), 'Conversación creada'],
    [change('customer-changed', 'eva@x.example', 'ana@x.example'), 'Inés Robles convirtió a ana@x.example en cliente en lugar de eva@x.example'],
    [change('participant-added', null, 'leo@x.example'), 'Inés Robles dejó participar a leo@x.example'],
    [{ ...change('sender-trusted', null, null), reason: 'Inés Robles se fía de quien escribe' }, 'Vuelven a verse los pedidos y el historial. Inés Robles se fía de quien escribe'],
  ])('says what happened in one sentence', async (entry, sentence) => {
    await open(entry)

    expect(log()).toContain(sentence)
  })

  it('says why, when there is a reason', async () => {
    await open({ ...change('assigned', null, 'Lucía Ferrer', 'system'), reason: 'Los retrasos vuelven al equipo propio' })

    expect(log()).toContain('Asignada a Lucía Ferrer. Los retrasos vuelven al equipo propio')
  })

  it('folds older mail to one line, and opens it again', async () => {
    const many = [1, 2, 3, 4, 5].map((number) => received(`e${number}`, `Mensaje ${number}`, `Persona ${number}`))
    await open(...many)
    const heads = allByRole('button').filter((button) => button.hasAttribute('aria-expanded') && nameOf(button).startsWith('Persona'))
    expect(heads.map((head) => head.getAttribute('aria-expanded'))).toEqual(['false', 'false', 'true', 'true', 'true'])

    heads[0]?.click()
    await settle()
    expect(heads[0]?.getAttribute('aria-expanded')).toBe('true')
  })

  it('never folds a note, and says that it is internal', async () => {
    await open(...[1, 2, 3, 4, 5, 6].map((number) => aNote(`n${number}`, `Nota número ${number}`, rocio)))

    expect(log()).toContain('Nota interna')
    for (const number of [1, 6]) expect(log()).toContain(`Nota número ${number}`)
  })

  it('brings earlier messages above without losing the newest', async () => {
    server.on('GET /tickets/marta', { ...aTicket(marta, [received('e9', 'El último')]), earlier: 'c1' })
    server.on('GET /tickets/marta/timeline', page([{ ...received('e1', 'El primero'), at: '2025-11-20T10:00:00Z' }]))
    await openPage('/inbox/open/marta')
    await click('button', 'Mensajes anteriores')

    expect(server.sent('GET /tickets/marta/timeline')[0]?.query.get('before')).toBe('c1')
    expect(log().indexOf('El primero')).toBeLessThan(log().indexOf('El último'))
    expect(() => byRole('button', 'Mensajes anteriores')).toThrow('No button')
  })

  it('shows plain text with safe links', async () => {
    await open(received('e1', 'Mira https://rutavia.example/1\n<img src=x onerror=alert(1)>'))
    const link = byRole('link', 'https://rutavia.example/1')

    expect(link.getAttribute('rel')).toContain('noopener')
    expect(document.querySelector('[role="log"] img')).toBeNull()
  })

  it('lists attachments with their size', async () => {
    await open(received('e1', 'Va la factura', 'Marta Gil', { attachments: [aFile('factura.pdf')] }))

    expect(nameOf(byRole('link', /factura/))).toMatch(/^Abrir factura\.pdf, 2.kB$/)
  })

  const sent = (state: Delivery['state'], more: Partial<Delivery> = {}) =>
    aReply('r1', 'Hola, Marta', lucia, { delivery: { state, at: '2025-11-24T16:45:00Z', attempts: 1, nextAttemptAt: null, detail: null, cancellableUntil: null, scheduledAt: null, recipients: [], ...more } })

  it.each([
    [sent('sent'), 'Enviado'],
    [sent('sending'), 'Enviando'],
    [sent('queued'), 'Sale en un momento'],
    [sent('queued', { nextAttemptAt: '2025-11-24T16:50:00Z', detail: 'El buzón está lleno.' }), /Se reintenta a las \d+:50. El buzón está lleno./],
    [sent('cancelled'), 'se canceló a tiempo'],
  ])('says where a reply is', async (entry, words) => {
    await open(entry)

    expect(log()).toMatch(words instanceof RegExp ? words : new RegExp(words))
  })

  it('tries a failed reply again in its place', async () => {
    server.on('POST /tickets/marta/replies/r1/retry', sent('sending'))
    await open(sent('failed', { detail: 'El servidor de correo no contesta.' }))
    expect(log()).toContain('No ha salido. El texto está a salvo. El servidor de correo no contesta.')
    server.on('GET /tickets/marta', aTicket(marta, [sent('sending')]))
    await click('button', 'Reintentar')

    expect(server.sent('POST /tickets/marta/replies/r1/retry')).toHaveLength(1)
    expect(log()).toContain('Enviando')
  })

  it('asks before it sends again what may have gone out', async () => {
    server.on('POST /tickets/marta/replies/r1/retry', sent('sending'))
    await open(sent('uncertain', { detail: 'La conexión se cortó después de entregar el mensaje.' }))
    expect(log()).toContain('No sabemos si salió')
    expect(server.requests.some((request) => request.path.endsWith('/retry'))).toBe(false)
    await click('button', 'Enviar otra vez')

    expect(server.sent('POST /tickets/marta/replies/r1/retry')).toHaveLength(1)
  })

  it('names each who did not get it, and tries only those again', async () => {
    const recipients = [{ address: 'ana@x.example', state: 'sent' as const, detail: null }, { address: 'bea@x.example', state: 'failed' as const, detail: '550 No está' }]
    await open(sent('failed', { recipients }))

    expect(log()).toContain('No ha llegado a todos')
    expect(log()).toContain('bea@x.example no aceptado: 550 No está')
    byRole('button', 'Reintentar con esos')
  })

  it('says when a scheduled reply leaves, and lets it leave now', async () => {
    server.on('POST /tickets/marta/replies/r1/send-now', sent('sending'))
    await open(sent('queued', { attempts: 0, scheduledAt: '2025-11-28T08:00:00Z', cancellableUntil: '2025-11-28T08:00:00Z' }))
    expect(log()).toContain('Programada para')
    byRole('button', 'Cambiar la hora')
    await click('button', 'Enviar ahora')

    expect(server.sent('POST /tickets/marta/replies/r1/send-now')).toHaveLength(1)
  })

  it('asks before it sends what the customer overtook', async () => {
    server.on('POST /tickets/marta/replies/r1/send-now', sent('sending'))
    await open(sent('held', { attempts: 0, detail: 'El cliente ha escrito entretanto.', scheduledAt: '2025-11-28T08:00:00Z' }))
    expect(log()).toContain('Detenida. El cliente ha escrito entretanto.')
    await click('button', 'Enviar igualmente')

    expect(server.sent('POST /tickets/marta/replies/r1/send-now')).toHaveLength(1)
  })

  it('says what to do when it cannot be opened', async () => {
    const { wrapper } = await openPage('/inbox/open/nowhere')

    expect(says(wrapper)).toContain('No encontramos esa conversación')
    byRole('button', 'Volver a la lista')
  })

  it('adds a tag with Enter, once', async () => {
    server.on('PUT /tickets/marta/tags', (request) => ({ ...marta, tags: request.body.tags }))
    await open(received('e1', 'Hola'))
    await click('button', 'Etiqueta')
    const field = byRole('textbox', 'Etiqueta nueva') as HTMLInputElement
    field.value = ' Retraso '
    field.dispatchEvent(new Event('input'))
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await settle()

    expect(server.sent('PUT /tickets/marta/tags').map((request) => request.body)).toEqual([{ tags: ['Retraso'] }])
  })
})
