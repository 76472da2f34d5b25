import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { InboundItem, MailboxHealth } from '@shared/api/types'
import { allByRole, byRole, click, fill, nameOf, openPage, says, settle } from '@/testing/desk'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { aMailbox, aSession, page } from '@/testing/world'

const submit = async (button: string) => {
  byRole('button', button).closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

const choose = async (field: string, value: string) => {
  const select = byRole('combobox', field) as HTMLSelectElement
  select.value = value
  select.dispatchEvent(new Event('change'))
  await settle()
}

const hola = aMailbox('hola', { unreadable: 1, quarantined: 1 })
const reader = aSession(['ticket:read', 'mailbox:read'])

function aHealth(more: Partial<MailboxHealth> = {}): MailboxHealth {
  return {
    ...hola.health, failed: 1, usualGapSeconds: 3600, oldestNotUnderstoodAt: null, oldestNotStoredAt: null, notGiven: 0, atSource: 12, stored: 12, shown: 11,
    sweptAt: '2025-11-24T16:00:00Z', folders: [{ name: 'INBOX', behind: 0, atSource: 12, stored: 12, shown: 11, sweptAt: '2025-11-24T16:00:00Z' }], ...more,
  }
}

function anItem(id: string, more: Partial<InboundItem> = {}): InboundItem {
  return {
    id, mailbox: 'hola', folder: 'INBOX', receivedAt: '2025-11-24T10:00:00Z', arrivedAt: null, size: 900, state: 'failed', unreadable: false, attempts: 5, nextTryAt: null,
    detail: 'No se ha podido recoger; no se ha perdido nada.', ticketId: null, ...more,
  }
}

describe('the list of mailboxes', () => {
  const server = useFakeServer()

  it('says of each in one glance how it is, what the server tries next and what waits', async () => {
    const nextTryAt = new Date(Date.now() + 40_400).toISOString()
    server.on('GET /mailboxes', page([hola, aMailbox('pedidos', { state: 'failing', problem: 'imap.x.example no acepta usuario y contraseña.', nextTryAt }), aMailbox('tienda', {}, { kind: 'oauth', needsPerson: true })]))
    const { wrapper } = await openPage('/settings/mailboxes', reader)

    expect(says(wrapper)).toContain('Funciona')
    expect(says(wrapper)).toContain('2 correos te esperan')
    expect(says(wrapper)).toContain('imap.x.example no acepta usuario y contraseña.')
    expect(says(wrapper)).toMatch(/próximo intento dentro de (40|39) segundos/)
    expect(says(wrapper)).toContain('Tienes que iniciar sesión')
    expect(allByRole('button')).toHaveLength(0)
  })

  it('shows a field’s error beside the field', async () => {
    server.on('GET /mailboxes', page([]))
    server.on('POST /mailboxes', problem(422, '/problems/invalid', 'Revisa los campos.', { errors: [{ pointer: '/imap/host', detail: 'No existe ese servidor.' }] }))
    await openPage('/settings/mailboxes')
    await click('button', 'Conectar un buzón')
    await submit('Guardar')
    const field = byRole('textbox', 'Servidor de entrada')

    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(field.getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent).toContain('No existe ese servidor.')
  })

  it('connects a mailbox at Microsoft and goes on to its sign-in', async () => {
    const connected = aMailbox('info', { state: 'connecting' }, { kind: 'oauth', provider: 'microsoft', needsPerson: true })
    server.on('GET /mailboxes', page([]))
    server.on('POST /mailboxes', () => (server.on('GET /mailboxes', page([connected])), connected))
    const { router } = await openPage('/settings/mailboxes')
    await click('button', 'Conectar un buzón')
    await fill('Correo de atención', 'info@x.example')
    await click('button', 'En el proveedor (OAuth)')
    await choose('Proveedor', 'microsoft')
    await fill('ID de cliente', 'abc')
    await submit('Guardar')

    const sent = server.sent('POST /mailboxes')[0]?.body
    expect(sent).toMatchObject({ imap: { host: 'outlook.office365.com' }, smtp: { host: 'smtp.office365.com', port: 587 }, oauth: { provider: 'microsoft', clientId: 'abc', tokenUrl: null } })
    expect(router.currentRoute.value.path).toBe('/settings/mailboxes/info/connection')
  })

  it('brings whoever comes back from the provider to the mailbox, with what went wrong', async () => {
    sessionStorage.setItem('relevo.mailbox-sign-in', 'info')
    server.on('GET /mailboxes', page([aMailbox('info', {}, { kind: 'oauth', provider: 'google', needsPerson: true })]))
    const { wrapper } = await openPage('/settings/mailboxes?signInProblem=sign-in-given-up')

    expect(says(wrapper)).toContain('No se ha iniciado la sesión. El inicio de sesión no se terminó. Empiézalo de nuevo.')
    expect(says(wrapper)).toContain('https://desk.example/api/v1/mailboxes/sign-in')
    byRole('button', 'Iniciar sesión en Google')
  })
})

describe('the page of a mailbox', () => {
  const server = useFakeServer()
  beforeEach(() => {
    server.on('GET /mailboxes', page([hola]))
    server.on('GET /mailboxes/hola/health', aHealth())
    server.on('GET /inbound', page([anItem('b1'), anItem('b2', { state: 'done', unreadable: true, ticketId: 't1' })]))
    server.on('GET /mailboxes/hola/handling', { trustedServers: [], acknowledgement: null, seenServers: [{ name: 'mx.x.example', mails: 18 }] })
  })

  it('counts what is at the server, stored and shown, and compares again when asked', async () => {
    server.on('POST /mailboxes/hola/sweep', null)
    const { wrapper } = await openPage('/settings/mailboxes/hola')
    expect(says(wrapper)).toContain('INBOX1212110')
    server.on('GET /mailboxes/hola/health', aHealth({ shown: 12, sweptAt: '2025-11-24T17:00:00Z', folders: [] }))
    await click('button', 'Comparar ahora')

    expect(server.sent('POST /mailboxes/hola/sweep')).toHaveLength(1)
    expect(byRole('button', 'Comparar ahora').getAttribute('aria-busy')).toBe('false')
  })

  it('lists what waits for a person, with its source, its conversation and another try', async () => {
    server.on('POST /inbound/b1/retry', anItem('b1', { state: 'received' }))
    server.on('POST /inbound/retry', { items: 3 })
    const { wrapper } = await openPage('/settings/mailboxes/hola/waiting')
    expect(server.sent('GET /inbound')[0]?.query.get('mailbox')).toBe('hola')
    expect(byRole('link', /Guardar el original/).getAttribute('href')).toBe('/api/v1/inbound/b1/raw')
    expect(byRole('link', /Ver la conversación/).getAttribute('href')).toBe('/inbox/all/t1')
    expect(allByRole('button').filter((button) => nameOf(button).startsWith('Reintentar') && !nameOf(button).includes('todos'))).toHaveLength(1)

    await click('button', /^Reintentar(?! todos)/)
    expect(says(wrapper)).toContain('Se reintenta 1 correo')
    await click('button', 'Reintentar todos')
    expect(server.sent('POST /inbound/retry')[0]?.query.get('mailbox')).toBe('hola')
    expect(says(wrapper)).toContain('Se reintentan 3 correos')
  })

  it('filters and pages what arrived, and says so when nothing waits', async () => {
    server.on('GET /inbound', (request) => (request.query.get('state') === 'all' ? page([anItem(request.query.get('cursor') ?? 'first')], request.query.get('cursor') ? null : 'second') : page([])))
    const { wrapper } = await openPage('/settings/mailboxes/hola/waiting')
    expect(says(wrapper)).toContain('Nada te espera')

    await choose('Mostrar', 'all')
    await click('button', 'Mostrar más')
    expect(allByRole('link').filter((link) => nameOf(link).startsWith('Guardar el original'))).toHaveLength(2)
  })

  it('marks trouble in its log', async () => {
    server.on('GET /mailboxes/hola/log', page([{ at: '2025-11-24T16:00:00Z', trouble: true, code: 'mail.hung-up', detail: 'imap.x.example ha cortado.' }]))
    const { wrapper } = await openPage('/settings/mailboxes/hola/log')

    expect(says(wrapper)).toContain('Problema: imap.x.example ha cortado.')
  })

  it('reads the folders that are chosen, and leaves everything else as it is', async () => {
    server.on('GET /mailboxes/hola/folders', page([{ name: 'INBOX', role: 'inbox', read: true, offered: true }, { name: 'Pedidos', role: 'none', read: false, offered: true }, { name: 'Enviados', role: 'sent', read: false, offered: false }]))
    server.on('PUT /mailboxes/hola', hola)
    await openPage('/settings/mailboxes/hola/folders')
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
    expect(boxes.map((box) => box.disabled)).toEqual([false, false, true])
    boxes[1]!.click()
    await settle()
    await submit('Guardar')

    expect(server.sent('PUT /mailboxes/hola')[0]?.body).toMatchObject({ folders: ['INBOX', 'Pedidos'], password: '', oauth: null, address: 'hola@x.example' })
  })

  it('says why the server does not show its folders', async () => {
    server.on('GET /mailboxes/hola/folders', problem(502, '/problems/mailbox-unreachable', 'Nadie contesta en imap.x.example.'))
    const { wrapper } = await openPage('/settings/mailboxes/hola/folders')

    expect(says(wrapper)).toContain('Nadie contesta en imap.x.example.')
    byRole('button', 'Reintentar')
  })

  it('keeps its password when the field is left empty, and its folders', async () => {
    server.on('PUT /mailboxes/hola', hola)
    const { wrapper } = await openPage('/settings/mailboxes/hola/connection')
    expect(says(wrapper)).toContain('Déjala vacía para conservar la que hay.')
    await submit('Guardar')

    expect(server.sent('PUT /mailboxes/hola')[0]?.body).toMatchObject({ address: 'hola@x.example', password: '', folders: ['INBOX'], oauth: null })
  })

  it('leaves for the provider’s page and remembers the mailbox', async () => {
    const assign = vi.spyOn(window.location, 'assign').mockImplementation(() => undefined)
    server.on('GET /mailboxes', page([aMailbox('hola', {}, { kind: 'oauth', provider: 'google', signedInAt: '2025-10-01T10:00:00Z', needsPerson: true })]))
    server.on('POST /mailboxes/hola/sign-in', { url: 'https://accounts.example/auth' })
    await openPage('/settings/mailboxes/hola/connection')
    await click('button', 'Volver a iniciar sesión en Google')

    expect(assign).toHaveBeenCalledWith('https://accounts.example/auth')
    expect(sessionStorage.getItem('relevo.mailbox-sign-in')).toBe('hola')
  })

  it('trusts a server that signed the newest mails, without touching the acknowledgement', async () => {
    server.on('GET /mailboxes/hola/handling', { trustedServers: [], acknowledgement: 'Gracias', seenServers: [{ name: 'mx.x.example', mails: 18 }] })
    server.on('PUT /mailboxes/hola/handling', (request) => ({ ...request.body, seenServers: [] }))
    await openPage('/settings/mailboxes/hola/trust')
    await click('button', 'mx.x.example 18 correos')
    await submit('Guardar')

    expect(server.sent('PUT /mailboxes/hola/handling')[0]?.body).toEqual({ trustedServers: ['mx.x.example'], acknowledgement: 'Gracias' })
    byRole('button', 'Dejar de confiar en mx.x.example')
  })

  it('switches the acknowledgement on with a text to begin with, and says who never gets one', async () => {
    server.on('PUT /mailboxes/hola/handling', (request) => ({ ...request.body, seenServers: [] }))
    const { wrapper } = await openPage('/settings/mailboxes/hola/acknowledgement')
    expect(says(wrapper)).toContain('Como mucho una vez al día en cada conversación.')
    document.querySelector<HTMLInputElement>('input[role=switch]')!.click()
    await settle()
    await submit('Guardar')

    expect(server.sent('PUT /mailboxes/hola/handling')[0]?.body).toMatchObject({ trustedServers: [], acknowledgement: expect.stringContaining('Hemos recibido tu mensaje') })
  })

  it('keeps senders with their signatures, and tells what the DNS has to say', async () => {
    server.on('GET /mailboxes/hola/senders', page([]))
    server.on('POST /mailboxes/hola/senders', { id: 's1' })
    server.on('GET /mailboxes/hola/signing', { domain: 'x.example', active: false, records: [] })
    server.on('PUT /mailboxes/hola/signing', { domain: 'x.example', active: true, records: [{ name: 'relevo-rsa._domainkey.x.example', value: 'v=DKIM1; k=rsa; p=abc' }] })
    const { wrapper } = await openPage('/settings/mailboxes/hola/sending')
    expect(says(wrapper)).toContain('Las respuestas salen de Hola, hola@x.example, sin firma.')

    await click('button', 'Añadir un remitente')
    await fill('Firma', '{{agent.name}}')
    await submit('Guardar')
    expect(server.sent('POST /mailboxes/hola/senders')[0]?.body).toEqual({ address: 'hola@x.example', name: 'Hola', signature: '{{agent.name}}', usual: false })

    const sign = byRole('checkbox', /Firmar lo que envía x.example/) as HTMLInputElement
    sign.checked = true
    sign.dispatchEvent(new Event('change'))
    await settle()
    expect(server.sent('PUT /mailboxes/hola/signing')[0]?.body).toEqual({ active: true })
    expect(document.body.innerHTML).toContain('relevo-rsa._domainkey.x.example')
  })

  it('shows everything and changes nothing for whoever may only read', async () => {
    for (const section of ['', '/waiting', '/log', '/connection', '/trust', '/acknowledgement']) {
      server.on('GET /mailboxes/hola/log', page([]))
      const { wrapper } = await openPage(`/settings/mailboxes/hola${section}`, reader)
      expect(allByRole('button').map(nameOf)).toEqual([])
      expect(allByRole('link').map(nameOf)).not.toContain('Carpetas')
      expect(allByRole('link').map(nameOf)).not.toContain('Remitentes y firmas')
      wrapper.unmount()
    }
  })

  it('asks before it is removed, and names itself', async () => {
    server.on('DELETE /mailboxes/hola', null)
    const { router } = await openPage('/settings/mailboxes/hola')
    await click('button', 'Quitar hola@x.example')
    expect(server.sent('DELETE /mailboxes/hola')).toHaveLength(0)
    byRole('dialog', /Dejar de atender/).querySelector<HTMLElement>('.btn-danger')?.click()
    await settle()

    expect(server.sent('DELETE /mailboxes/hola')).toHaveLength(1)
    expect(router.currentRoute.value.path).toBe('/settings/mailboxes')
  })

  it('says so when there is no such mailbox', async () => {
    await openPage('/settings/mailboxes/otro')
    expect(byRole('heading', 'No encontramos ese buzón').tagName).toBe('H1')
  })
})
