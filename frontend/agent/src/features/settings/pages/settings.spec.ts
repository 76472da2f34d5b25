import { beforeEach, describe, expect, it } from 'vitest'
import type { Mailbox, Shop } from '@shared/api/types'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { allByRole, byRole, click, fill, nameOf, openPage, says, settle } from '@/testing/desk'
import { aSession, page } from '@/testing/world'

const submit = async (button: string) => {
  byRole('button', button).closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

const server1 = { host: 'imap.x.example', port: 993, security: 'tls' as const }
const mailbox: Mailbox = {
  id: 'm1', address: 'hola@x.example', name: 'Hola', imap: server1, smtp: server1, username: 'hola', teamId: null, folders: ['INBOX'],
  signIn: { kind: 'password', provider: null, clientId: null, authorizationUrl: null, tokenUrl: null, scope: null, returnAddress: 'https://desk.x.example/api/v1/mailboxes/sign-in', signedInAt: null, tokenExpiresAt: null, needsPerson: false },
  health: {
    state: 'failing', since: '2025-11-24T16:00:00Z', lastContactAt: null, lastArrivalAt: null, problem: 'El servidor rechaza la contraseña.', failuresInARow: 2, nextTryAt: null,
    silentSince: null, received: 3, waiting: 0, unreadable: 1, quarantined: 0,
  },
}
const shop: Shop = { id: 's1', kind: 'generic', name: 'Mercadillo', url: null, state: 'connected', problem: null, syncedAt: null, orders: 1, webhookUrl: null, pushUrl: 'https://x.example/push' }

describe('the settings', () => {
  const server = useFakeServer()
  beforeEach(() => {
    server.on('GET /mailboxes', page([mailbox]))
    server.on('GET /inbound', page([{ id: 'b1', mailbox: 'm1', receivedAt: '2025-11-24T10:00:00Z', size: 900, state: 'failed', attempts: 3, detail: 'Faltan partes.', ticketId: null }]))
    server.on('GET /shops', page([shop]))
    server.on('GET /tokens', page([]))
    server.on('GET /people', page([]))
    server.on('GET /teams', page([]))
  })

  it('offer only what the role allows', async () => {
    await openPage('/settings', aSession(['ticket:read']))

    expect(allByRole('link').map(nameOf)).toEqual(['Tu perfil'])
    byRole('heading', 'Tu perfil')
  })

  it('say what is wrong with a mailbox and keep its password when it is left empty', async () => {
    server.on('PUT /mailboxes/m1', mailbox)
    const { wrapper } = await openPage('/settings/mailboxes')
    expect(says(wrapper)).toContain('El servidor rechaza la contraseña.')

    await click('button', 'Editar')
    expect(says(wrapper)).toContain('Déjala vacía para conservar la que hay.')
    await submit('Guardar')
    expect(server.sent('PUT /mailboxes/m1')[0]?.body).toMatchObject({ address: 'hola@x.example', password: '' })
  })

  it('show a field’s error beside the field', async () => {
    server.on('POST /mailboxes', problem(422, '/problems/invalid', 'Revisa los campos.', { errors: [{ pointer: '/imap/host', detail: 'No existe ese servidor.' }] }))
    await openPage('/settings/mailboxes')
    await click('button', 'Conectar un buzón')
    await submit('Guardar')
    const field = byRole('textbox', 'Servidor de entrada')

    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(field.getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent).toContain('No existe ese servidor.')
  })

  it('keep senders with their signatures, and tell what the DNS has to say', async () => {
    server.on('GET /mailboxes/m1/senders', page([]))
    server.on('POST /mailboxes/m1/senders', { id: 's1' })
    server.on('GET /mailboxes/m1/signing', { domain: 'x.example', active: false, records: [] })
    server.on('PUT /mailboxes/m1/signing', { domain: 'x.example', active: true, records: [{ name: 'relevo-rsa._domainkey.x.example', value: 'v=DKIM1; k=rsa; p=abc' }] })
    const { wrapper } = await openPage('/settings/mailboxes')
    await click('button', 'Remitentes y firmas')
    expect(says(wrapper)).toContain('Las respuestas salen de Hola, hola@x.example, sin firma.')

    await click('button', 'Añadir un remitente')
    await fill('Firma', '{{agent.name}}')
    await submit('Guardar')
    expect(server.sent('POST /mailboxes/m1/senders')[0]?.body).toEqual({ address: 'hola@x.example', name: 'Hola', signature: '{{agent.name}}', usual: false })

    const sign = byRole('checkbox', /Firmar lo que envía x.example/) as HTMLInputElement
    sign.checked = true
    sign.dispatchEvent(new Event('change'))
    await settle()
    expect(server.sent('PUT /mailboxes/m1/signing')[0]?.body).toEqual({ active: true })
    expect(document.body.innerHTML).toContain('relevo-rsa._domainkey.x.example')
  })

  it('keep templates, show how they read, and say where a variable is unknown', async () => {
    server.on('GET /templates', page([]))
    server.on('POST /templates', problem(422, '/problems/invalid-request', 'Revisa los campos.', { errors: [{ pointer: '/text', detail: 'No existe la variable customer.iban.' }] }))
    const { wrapper } = await openPage('/settings/templates')
    expect(says(wrapper)).toContain('Aún no hay plantillas')

    await click('button', 'Nueva plantilla')
    await fill('Texto', 'Hola {{customer.name|amigo}} {{customer.iban}}')
    expect(says(wrapper)).toContain('Hola Marta Gil {{customer.iban}}')
    await submit('Guardar')
    expect(says(wrapper)).toContain('No existe la variable customer.iban.')
  })

  it('try unreadable mail again, and show the original', async () => {
    server.on('POST /inbound/b1/retry', { id: 'b1' })
    await openPage('/settings/mailboxes')
    expect(byRole('link', 'Ver el original').getAttribute('href')).toBe('/api/v1/inbound/b1/raw')
    await click('button', 'Reintentar')

    expect(server.sent('POST /inbound/b1/retry')).toHaveLength(1)
  })

  it('ask before what cannot be undone, and name it', async () => {
    server.on('DELETE /mailboxes/m1', null)
    await openPage('/settings/mailboxes')
    await click('button', 'Quitar hola@x.example')
    expect(server.sent('DELETE /mailboxes/m1')).toHaveLength(0)
    const dialog = byRole('dialog', /Dejar de atender/)
    dialog.querySelector<HTMLElement>('.btn-danger')?.click()
    await settle()

    expect(server.sent('DELETE /mailboxes/m1')).toHaveLength(1)
  })

  it('say which lines of a file are no good', async () => {
    server.on('POST /shops/s1/imports', { accepted: 0, imported: false, encoding: 'UTF-8', rejected: [{ line: 4, field: 'total', detail: '«12,3.4» no es un importe.' }] })
    const { wrapper } = await openPage('/settings/shops')
    await click('button', 'Subir un archivo')
    const picker = document.querySelector<HTMLInputElement>('input[type="file"]')
    Object.defineProperty(picker, 'files', { value: [new File(['number,total\nA,12'], 'pedidos.csv')] })
    picker?.dispatchEvent(new Event('change'))
    await settle()

    const [request] = server.sent('POST /shops/s1/imports')
    expect(request?.headers.get('Content-Type')).toBe('text/csv')
    expect(request?.body).toBeInstanceOf(File) // byte for byte: the server finds out the encoding
    expect(says(wrapper)).toContain('No ha entrado nada: 1 línea no vale.')
    expect(says(wrapper)).toContain('4total«12,3.4» no es un importe.')
  })

  it('show a token once', async () => {
    server.on('POST /tokens', { id: 'k', name: 'ERP', createdAt: '2025-11-24T10:00:00Z', lastUsedAt: null, secret: 'rlv_abc' })
    const { wrapper } = await openPage('/settings/tokens')
    await fill('Nombre', 'ERP')
    await submit('Crear clave')

    expect(says(wrapper)).toContain('Copia ahora la clave de ERP')
    expect(says(wrapper)).toContain('rlv_abc')
  })

  it('switch single keys off', async () => {
    await openPage('/settings/profile')
    byRole('switch', '').click()
    await settle()

    expect(localStorage.getItem('relevo.single-keys')).toBe('off')
    byRole('switch', '').click()
  })
})
