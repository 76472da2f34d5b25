import { beforeEach, describe, expect, it } from 'vitest'
import type { Message, TicketContext, TimelineEntry } from '@shared/api/types'
import { allByRole, byRole, click, nameOf, openPage, says, settle } from '@/testing/desk'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { aContext, anOrder, aRow, aSession, aTicket, aView, page, received } from '@/testing/world'
import { forgetDrafts } from '../../composables/drafts'

describe('a mail in the conversation', () => {
  const server = useFakeServer()
  const marta = aRow('marta', 'Marta Gil')
  const frame = (url: string, withImagesUrl: string | null = null) => ({ url, height: 200, withImagesUrl })
  const shownFrame = () => document.querySelector('[role="log"] iframe')
  const log = () => byRole('log', 'Mensajes').textContent?.replace(/\s+/g, ' ') ?? ''
  const buttons = () => allByRole('button').map(nameOf)

  beforeEach(() => {
    forgetDrafts()
    server.on('GET /views', page([aView('open', 1)]))
    server.on('GET /tickets', page([marta]))
    server.on('GET /tickets/*/draft', null)
  })

  async function open(message: Partial<Message>, context: Partial<TicketContext> = {}, session = aSession()) {
    return openTimeline([received('e1', 'Todo el texto', 'Marta Gil', message)], context, session)
  }

  async function openTimeline(timeline: TimelineEntry[], context: Partial<TicketContext> = {}, session = aSession()) {
    server.on('GET /tickets/marta', aTicket(marta, timeline))
    server.on('GET /tickets/*/context', { ...aContext([anOrder('AU-1')]), ...context })
    return openPage('/inbox/open/marta', session)
  }

  it('shows what was written now, and the whole on demand', async () => {
    await open({ text: 'Sí, gracias.\n\n> ¿La quieres?', answer: { text: 'Sí, gracias.', html: null } })
    expect(log()).not.toContain('¿La quieres?')
    expect(byRole('button', 'Ver todo').getAttribute('aria-expanded')).toBe('false')

    await click('button', 'Ver todo')
    expect(log()).toContain('¿La quieres?')
    await click('button', 'Ver solo lo nuevo')
    expect(log()).not.toContain('¿La quieres?')
  })

  it('shows it as it was dressed, in a frame that may run nothing', async () => {
    await open({ html: frame('/content/all'), answer: { text: 'Sí', html: frame('/content/answer') } })
    expect(shownFrame()?.getAttribute('src')).toBe('/content/answer')
    expect(shownFrame()?.getAttribute('sandbox')).toBe('allow-popups allow-popups-to-escape-sandbox')

    await click('button', 'Ver todo')
    expect(shownFrame()?.getAttribute('src')).toBe('/content/all')
  })

  it('says nothing of an answer when that is all', async () => {
    await open({})

    expect(buttons()).not.toContain('Ver todo')
  })

  it('tells in the folded line what was written now', async () => {
    await openTimeline([1, 2, 3, 4, 5].map((number) => received(`e${number}`, 'Cita larguísima', 'Marta Gil', { answer: { text: `Respuesta ${number}`, html: null } })))

    expect(log()).toContain('Respuesta 1')
    expect(log()).not.toContain('Cita larguísima')
  })

  it.each([
    ['auto-reply', 'Respuesta automática'],
    ['system', 'Aviso automático'],
  ] as const)('folds %s to one line, and says why on opening', async (kind, label) => {
    await open({ text: 'Vuelvo el lunes', automatic: { kind, because: 'Lleva Auto-Submitted', asksNothing: true }, attachments: [] })
    const head = byRole('button', new RegExp(label))
    expect(head.getAttribute('aria-expanded')).toBe('false')
    expect(log()).not.toContain('Lleva Auto-Submitted')

    head.click()
    await settle()
    expect(log()).toContain(`${label}. Lleva Auto-Submitted`)
    expect(log()).toContain('Vuelvo el lunes')
  })

  it.each([
    ['bulk', 'Boletín'],
    ['list', 'Lista de correo'],
    ['system', 'Aviso automático'],
  ] as const)('labels %s that asks something without folding it', async (kind, label) => {
    await open({ automatic: { kind, because: null, asksNothing: false } })

    expect(log()).toContain(label)
    expect(byRole('button', /^Marta Gil/).getAttribute('aria-expanded')).toBe('true')
  })

  it('says in plain words that a sender is not who it says', async () => {
    await open({ from: 'banco@grande.example', sender: { verdict: 'failed', spf: 'softfail', dkim: 'none', dmarc: 'weird' } })

    expect(log()).toContain('Remitente sin verificar')
    expect(log()).toContain('dice venir de banco@grande.example')
    expect(log()).toContain('probablemente no pasa')
    expect(log()).toContain('weird')
  })

  it('shows a check beside a verified sender, and nothing when nobody knows', async () => {
    await open({ sender: { verdict: 'verified', spf: 'pass', dkim: 'pass', dmarc: 'pass' } })
    expect(nameOf(byRole('img', /^Remitente verificado/))).toContain('dominio')
    expect(log()).not.toContain('sin verificar')
  })

  it('warns where an answer goes', async () => {
    await open({ from: 'web@aurora.example', answersTo: 'otra@mala.example' })

    expect(log()).toContain('Las respuestas van a otra@mala.example, no a quien lo envía, web@aurora.example.')
  })

  it('tells the address of whoever writes and is not the customer', async () => {
    await openTimeline([received('e1', 'Yo también vivo ahí', 'Leo', { from: 'leo@x.example', to: ['hola@aurora.example'] }), received('e2', 'Hola', 'Marta Gil', { from: 'Marta@correo.example' })])

    expect(log()).toContain('de leo@x.example · para hola@aurora.example')
    expect(log()).not.toContain('de Marta@')
  })

  it('tells where else it came', async () => {
    await open({ to: ['hola@aurora.example'], alsoTo: ['ventas@aurora.example'] })

    expect(log()).toContain('llegó también a ventas@aurora.example')
  })

  it('lets a stranger in at once', async () => {
    server.on('POST /tickets/marta/participants', () => new Promise(() => undefined))
    await open({ from: 'leo@x.example', stranger: true }, { waiting: ['leo@x.example'] })
    expect(log()).toContain('No participa')
    expect(byRole('region', 'Han escrito sin participar').textContent).toContain('leo@x.example')
    await click('button', 'Dejar participar a leo@x.example')

    expect(server.sent('POST /tickets/marta/participants')[0]?.body).toEqual({ address: 'leo@x.example' })
    expect(log()).not.toContain('No participa')
    expect(document.body.textContent).not.toContain('Han escrito sin participar')
  })

  it('keeps a stranger out when the server refuses, and says why', async () => {
    server.on('POST /tickets/marta/participants', problem(403, '/problems/forbidden', 'Tu papel no incluye responder.'))
    await open({ from: 'leo@x.example', stranger: true }, { waiting: ['leo@x.example'] })
    await click('button', 'Dejar participar a leo@x.example')

    expect(log()).toContain('No participa')
    expect(byRole('alert', /Tu papel no incluye responder/)).toBeTruthy()
  })

  const passedOn = { name: 'Ana Cruz', address: 'ana@x.example', date: '3 nov 2025, 10:00', subject: 'Mi pedido' }

  it('tells who first wrote a forwarded mail, and makes them the customer with a way back', async () => {
    server.on('PUT /tickets/marta/customer', null)
    await open({ forwarded: passedOn })
    expect(log()).toContain('Reenviado: lo escribió primero Ana Cruz <ana@x.example>, 3 nov 2025, 10:00')
    await click('button', 'Convertir a Ana Cruz en cliente')
    await click('button', /Deshacer/)

    expect(server.sent('PUT /tickets/marta/customer').map((request) => request.body)).toEqual([
      { name: 'Ana Cruz', address: 'ana@x.example' },
      { name: 'Marta Gil', address: 'marta@correo.example' },
    ])
  })

  it.each([
    [{ ...passedOn, address: '' }, everything()],
    [{ ...passedOn, address: 'Ana Cruz' }, everything()],
    [{ ...passedOn, address: 'MARTA@correo.example' }, everything()],
    [passedOn, everything().filter((permission) => permission !== 'customer:edit')],
  ])('offers no other customer where there is none to make', async (forwarded, permissions) => {
    await open({ forwarded }, {}, aSession(permissions))

    expect(log()).toContain('Reenviado: lo escribió primero Ana Cruz')
    expect(buttons().filter((name) => name.startsWith('Convertir'))).toEqual([])
  })

  it('shows an invitation as a card', async () => {
    await open({ invitations: [{ method: 'REQUEST', summary: 'Entrega', start: '2025-11-24T09:00:00Z', end: null, location: 'Calle Sol 3', organizer: 'eva@x.example', status: null }] })
    const card = byRole('region', 'Calendario: Invitación').textContent ?? ''

    for (const words of ['Entrega', '2025', 'Calle Sol 3', 'eva@x.example']) expect(card).toContain(words)
  })

  it('says that it is sealed, and what could not be read', async () => {
    await open({ protection: 'smime-signed', problem: 'Tiene demasiadas partes.', sourceUrl: '/content/source' })

    expect(log()).toContain('Firmado (S/MIME)')
    expect(log()).toContain('Tiene demasiadas partes.')
    expect(byRole('link', 'Guardar el original').getAttribute('href')).toBe('/content/source')
  })

  it('keeps the source of every received mail in its menu', async () => {
    await open({ sourceUrl: '/content/source' })
    const menu = byRole('button', 'Más sobre este mensaje')
    menu.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await settle()

    expect(byRole('menuitem', 'Guardar el original').getAttribute('href')).toBe('/content/source')
  })

  it('shows pictures from elsewhere only when asked, for that message alone', async () => {
    const picture = (id: string) => received(id, id, 'Marta Gil', { html: frame(`/content/${id}`, `/content/${id}-pictures`) })
    await openTimeline([picture('e1'), picture('e2')])
    const frames = () => [...document.querySelectorAll('[role="log"] iframe')].map((element) => element.getAttribute('src'))
    expect(frames()).toEqual(['/content/e1', '/content/e2'])
    await click('button', 'Mostrar')

    expect(frames()).toEqual(['/content/e1-pictures', '/content/e2'])
    expect(buttons().filter((name) => name === 'Mostrar')).toHaveLength(1)
  })

  it('withholds orders and history from somebody doubtful until somebody trusts them', async () => {
    server.on('POST /tickets/marta/trust', () => {
      server.on('GET /tickets/*/context', aContext([anOrder('AU-1')]))
      return null
    })
    const { wrapper } = await open({}, { doubtful: true, orders: [] })
    const panel = () => byRole('region', 'Pedidos').textContent ?? ''
    expect(panel()).toContain('No es seguro que sea quien dice')
    expect(says(wrapper)).not.toContain('Cliente desde')
    await click('button', 'Es quien dice: ver los pedidos')

    expect(panel()).toContain('AU-1')
    expect(byRole('status', /Ya se ven los pedidos/)).toBeTruthy()
  })

  it('says why somebody cannot be trusted, and goes on withholding', async () => {
    server.on('POST /tickets/marta/trust', problem(403, '/problems/forbidden', 'Esta conversación es de otra persona.'))
    await open({}, { doubtful: true, orders: [] })
    await click('button', 'Es quien dice: ver los pedidos')

    expect(byRole('alert', /es de otra persona/)).toBeTruthy()
    expect(byRole('region', 'Pedidos').textContent).toContain('No es seguro que sea quien dice')
  })

  it('tells what came back and who complained, beside the customer', async () => {
    const identity = { kind: 'email' as const, value: 'marta@correo.example' }
    const customer = { ...aContext().customer, reported: [{ identity, undeliverableSince: '2025-11-20T10:00:00Z', because: '550 no such user', complainedAt: '2025-11-21T10:00:00Z' }] }
    await open({}, { customer })
    const card = byRole('region', 'Cliente').textContent ?? ''

    expect(card).toMatch(/El correo a marta@correo.example vuelve desde el 20 nov.*: 550 no such user/)
    expect(card).toMatch(/marta@correo.example se quejó de nuestro correo el 21 nov/)
  })

  function everything() {
    return aSession().permissions
  }
})
