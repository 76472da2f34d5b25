import { beforeEach, describe, expect, it } from 'vitest'
import type { Delivery, Sending, TimelineEntry } from '@shared/api/types'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { byRole, click, fill, nameOf, openPage, press, says, settle } from '@/testing/desk'
import { aContext, aFile, aNote, aReply, aRow, aTicket, aView, lucia, page, received, rocio } from '@/testing/world'
import { forgetDrafts } from '../../composables/drafts'

describe('the composer', () => {
  const server = useFakeServer()
  const marta = aRow('marta', 'Marta Gil')
  const question = received('e1', '¿Llega el sábado?')
  const field = () => byRole('textbox', /Responder a Marta Gil|Nota interna/) as HTMLTextAreaElement
  const replies = () => server.sent('POST /tickets/marta/replies')

  function queued(text: string): TimelineEntry {
    const delivery: Delivery = { state: 'queued', at: new Date().toISOString(), attempts: 0, nextAttemptAt: null, detail: null, cancellableUntil: new Date(Date.now() + 5000).toISOString(), scheduledAt: null, recipients: [] }
    return aReply('reply-1', text, lucia, { delivery })
  }

  beforeEach(() => {
    forgetDrafts()
    server.on('GET /views', page([aView('open', 1)]))
    server.on('GET /tickets', page([marta]))
    server.on('GET /tickets/marta', aTicket(marta, [question]))
    server.on('GET /tickets/marta/context', aContext())
    server.on('GET /tickets/marta/draft', null)
    server.on('DELETE /tickets/marta/draft', null)
    server.on('PUT /tickets/marta/draft', (request) => ({ mode: 'reply', text: request.body.text, attachments: [], savedAt: '2025-11-24T16:42:00Z' }))
    server.on('POST /tickets/marta/replies', (request) => queued(request.body.text))
  })

  it('sends with Ctrl Enter, with five seconds to think again', async () => {
    const { wrapper } = await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Sí, el viernes')
    await press('Enter', { ctrlKey: true })

    expect(replies()[0]?.body).toEqual({ text: 'Sí, el viernes', attachmentIds: [], undoSeconds: 5, after: 'e1' })
    expect(field().value).toBe('')
    expect(says(wrapper)).toContain('Tu respuesta sale en 5 segundos')
  })

  it('shows the reply before the server answers', async () => {
    let answer!: (entry: TimelineEntry) => void
    server.on('POST /tickets/marta/replies', () => new Promise<TimelineEntry>((resolve) => (answer = resolve)))
    await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Voy mirando')
    await click('button', 'Enviar')

    expect(byRole('log', 'Mensajes').textContent).toContain('Voy mirando')
    server.on('GET /tickets/marta', aTicket(marta, [question, queued('Voy mirando')]))
    answer(queued('Voy mirando'))
    await settle()
    expect(byRole('log', 'Mensajes').textContent?.match(/Voy mirando/g)).toHaveLength(1)
  })

  it('takes a reply back and gives the text back', async () => {
    server.on('POST /tickets/marta/replies/reply-1/cancel', () => {
      const entry = queued('Con un error')
      return aReply('reply-1', 'Con un error', lucia, { delivery: { ...(entry.message?.delivery as Delivery), state: 'cancelled', cancellableUntil: null } })
    })
    const { wrapper } = await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Con un error')
    await press('Enter', { ctrlKey: true })
    await press('Escape')
    await press('z')

    expect(server.sent('POST /tickets/marta/replies/reply-1/cancel')).toHaveLength(1)
    expect(field().value).toBe('Con un error')
    expect(says(wrapper)).toContain('No ha salido')
  })

  describe('with choices', () => {
    const sending: Sending = {
      to: ['marta@correo.example'], offered: ['luis@correo.example'], largestMail: 100_000, largestFile: 1_000_000, undoSeconds: 5,
      senders: [
        { id: 's1', address: 'hola@aurora.example', name: 'Aurora', signature: 'Lucía, de Aurora', missing: [] },
        { id: 's2', address: 'hallo@nord.example', name: 'Nord', signature: null, missing: [] },
      ],
    }
    beforeEach(() => server.on('GET /tickets/marta/sending', sending))

    it('copies to whom the customer named, only when somebody says so, and sends as another brand', async () => {
      const { wrapper } = await openPage('/inbox/open/marta')
      expect(says(wrapper)).toContain('Lucía, de Aurora')
      await click('button', 'Copiar a luis@correo.example')
      await click('button', /Para marta@correo.example/)
      const from = byRole('combobox', 'De') as HTMLSelectElement
      from.value = 's2'
      from.dispatchEvent(new Event('change'))
      await fill('Cco', 'jefa@aurora.example; archivo@aurora.example')
      await fill('Responder a Marta Gil', 'Hola')
      await press('Enter', { ctrlKey: true })

      expect(replies()[0]?.body).toMatchObject({ cc: ['luis@correo.example'], bcc: ['jefa@aurora.example', 'archivo@aurora.example'], senderId: 's2' })
    })

    it('writes a template where a slash asks for one, and names what has no value', async () => {
      server.on('GET /templates', page([{ id: 't1', name: 'Retraso', subject: null, text: 'Hola {{customer.name}}', language: 'es', sort: 0 }]))
      server.on('POST /tickets/marta/templates/t1/render', { subject: null, text: 'Hola Marta, tu pedido ', missing: ['order.number'] })
      const { wrapper } = await openPage('/inbox/open/marta')
      field().dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }))
      await settle()
      await click('option', /Retraso/)

      expect(field().value).toBe('Hola Marta, tu pedido ')
      expect(says(wrapper)).toContain('Sin valor para order.number')
    })

    it('leaves the signature out when somebody says so', async () => {
      await openPage('/inbox/open/marta')
      const sign = byRole('checkbox', 'Firma') as HTMLInputElement
      sign.checked = false
      sign.dispatchEvent(new Event('change'))
      await fill('Responder a Marta Gil', 'Hola')
      await press('Enter', { ctrlKey: true })

      expect(replies()[0]?.body).toMatchObject({ signed: false })
    })

    it('says that a mail is too large before it is sent', async () => {
      server.on('GET /tickets/marta/draft', { mode: 'reply', text: 'Hola', attachments: [{ ...aFile('foto.png'), size: 90_000 }], savedAt: '2025-11-24T16:42:00Z' })
      const { wrapper } = await openPage('/inbox/open/marta')
      expect(says(wrapper)).toContain('el servidor de salida admite')

      await press('Enter', { ctrlKey: true })
      expect(replies()).toHaveLength(0)
    })

    it('brings recipients and time of a draft from another device, and says when it leaves', async () => {
      const letter = { to: '', cc: 'luis@correo.example', bcc: '', senderId: 's2', signed: false, sendAt: new Date(Date.now() + 90_000_000).toISOString() }
      server.on('GET /tickets/marta/draft', { mode: 'reply', text: 'Hola', attachments: [], letter, savedAt: '2025-11-24T16:42:00Z' })
      const { wrapper } = await openPage('/inbox/open/marta')
      expect(says(wrapper)).toContain('Saldrá')
      await click('button', 'No esperar')
      expect(document.activeElement).toBe(field())
      await press('Enter', { ctrlKey: true })

      expect(replies()[0]?.body).toMatchObject({ cc: ['luis@correo.example'], senderId: 's2', signed: false })
      expect(replies()[0]?.body).not.toHaveProperty('sendAt')
    })

    it('gives a reply that was taken back its recipients, too', async () => {
      server.on('POST /tickets/marta/replies/reply-1/cancel', () => aReply('reply-1', 'Hola', lucia, { delivery: { ...(queued('Hola').message?.delivery as Delivery), state: 'cancelled', cancellableUntil: null } }))
      const { wrapper } = await openPage('/inbox/open/marta')
      await click('button', 'Copiar a luis@correo.example')
      await fill('Responder a Marta Gil', 'Hola')
      await press('Enter', { ctrlKey: true })
      expect(says(wrapper)).not.toContain('Cc luis@correo.example')
      await press('Escape')
      await press('z')

      expect(says(wrapper)).toContain('Cc luis@correo.example')
    })

    it('schedules a reply for another morning', async () => {
      await openPage('/inbox/open/marta')
      await fill('Responder a Marta Gil', 'Hola')
      await click('button', 'Enviar más tarde')
      await click('button', /Mañana por la mañana/)

      expect(Date.parse(replies()[0]?.body.sendAt)).toBeGreaterThan(Date.now())
      expect(replies()[0]?.body.undoSeconds).toBe(0)
    })
  })

  it('says so when it is too late to take it back', async () => {
    server.on('POST /tickets/marta/replies/reply-1/cancel', problem(409, '/problems/already-sent', ''))
    const { wrapper } = await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Ya está')
    await press('Enter', { ctrlKey: true })
    await press('Escape')
    await press('z')

    expect(says(wrapper)).toContain('Ya había salido')
    expect(field().value).toBe('')
  })

  it('sends and solves with Ctrl Shift Enter', async () => {
    await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Resuelto')
    await press('Enter', { ctrlKey: true, shiftKey: true })

    expect(replies()[0]?.body).toMatchObject({ status: 'solved' })
  })

  it('shows the newer message first and keeps the text; sending anyway says that it was seen', async () => {
    const newer = aReply('e2', 'Hola, Marta: llega mañana.', rocio)
    server.on('POST /tickets/marta/replies', (request) => (request.body.after === 'e2' ? queued(request.body.text) : problem(409, '/problems/newer-message', 'Rocío ha contestado.')))
    const { wrapper } = await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Te lo miro')
    server.on('GET /tickets/marta', aTicket(marta, [question, newer]))
    await press('Enter', { ctrlKey: true })

    expect(field().value).toBe('Te lo miro')
    expect(says(wrapper)).toContain('Rocío Leal ha contestado mientras escribías.')
    expect(nameOf(byRole('alert', /Rocío Leal/))).toContain('llega mañana')

    await click('button', 'Enviar igualmente')
    expect(replies()[1]?.body).toMatchObject({ text: 'Te lo miro', after: 'e2' })
    expect(field().value).toBe('')
  })

  it('lets a colleague have it', async () => {
    server.on('POST /tickets/marta/replies', problem(409, '/problems/newer-message', ''))
    await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Te lo miro')
    server.on('GET /tickets/marta', aTicket(marta, [question, aReply('e2', 'Ya está')]))
    await press('Enter', { ctrlKey: true })
    await click('button', 'Dejárselo a Rocío Leal')

    expect(field().value).toBe('')
    expect(() => byRole('alert', /Rocío Leal/)).toThrow('No alert')
  })

  it('keeps a refused reply in sight, to try again or to edit', async () => {
    server.on('POST /tickets/marta/replies', problem(409, '/problems/ticket-closed', 'Esta conversación está cerrada.'))
    const { wrapper } = await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Hola')
    await press('Enter', { ctrlKey: true })
    expect(says(wrapper)).toContain('No ha salido. Tu texto está a salvo. Esta conversación está cerrada.')

    await click('button', 'Volver a editar')
    expect(field().value).toBe('Hola')
  })

  it('waits without connection, and sends once when it comes back', async () => {
    const { wrapper } = await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', '¿Me confirmas el color?')
    server.unplug()
    await press('Enter', { ctrlKey: true })
    expect(says(wrapper)).toContain('En espera de conexión')

    server.plugIn()
    await settle()
    const keys = replies().map((request) => request.headers.get('Idempotency-Key'))
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    expect(says(wrapper)).not.toContain('En espera de conexión')
  })

  it('writes a note that the customer does not see', async () => {
    server.on('POST /tickets/marta/notes', (request) => aNote('n1', request.body.text))
    const { wrapper } = await openPage('/inbox/open/marta')
    await press('n')
    await fill('Nota interna', 'Reclamado a Rutavía')
    expect(says(wrapper)).toContain('El cliente no la ve')
    server.on('GET /tickets/marta', aTicket(marta, [question, aNote('n1', 'Reclamado a Rutavía')]))
    await press('Enter', { ctrlKey: true })

    expect(server.sent('POST /tickets/marta/notes')[0]?.body).toEqual({ text: 'Reclamado a Rutavía', attachmentIds: [] })
    expect(byRole('log', 'Mensajes').textContent).toContain('Reclamado a Rutavía')
  })

  it('keeps reply and note apart', async () => {
    await openPage('/inbox/open/marta')
    await fill('Responder a Marta Gil', 'Para Marta')
    await click('button', 'Nota')
    expect(field().value).toBe('')
    await click('button', 'Responder')
    expect(field().value).toBe('Para Marta')
  })

  it('says before it leaves that a file is too large', async () => {
    const { wrapper } = await openPage('/inbox/open/marta')
    const big = new File(['x'], 'vídeo.mp4')
    Object.defineProperty(big, 'size', { value: 26 * 1024 * 1024 })
    const picker = document.querySelector<HTMLInputElement>('input[type="file"]')
    Object.defineProperty(picker, 'files', { value: [big] })
    picker?.dispatchEvent(new Event('change'))
    await settle()

    expect(says(wrapper)).toContain('Pasa de 25 MB')
    expect(byRole('button', 'Adjuntar').title).toContain('25')
  })
})
