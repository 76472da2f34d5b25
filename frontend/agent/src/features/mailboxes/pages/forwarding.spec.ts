import { beforeEach, describe, expect, it } from 'vitest'
import type { MailboxHealth } from '@shared/api/types'
import { allByRole, byRole, click, fill, nameOf, openPage, says, settle } from '@/testing/desk'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { aForwardedMailbox, aMailbox, aSession, page } from '@/testing/world'

const secret = 'in+0k4secret@desk.example'
const forwarded = aForwardedMailbox('hola')
const reader = aSession(['ticket:read', 'mailbox:read'])
const names = (role: string) => allByRole(role).map(nameOf)

const submit = async (button: string) => {
  byRole('button', button).closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

const aHealth = (more: Partial<MailboxHealth> = {}): MailboxHealth => ({
  ...forwarded.health, failed: 0, usualGapSeconds: 3600, oldestNotUnderstoodAt: null, oldestNotStoredAt: null, notGiven: 0, atSource: null, stored: null, shown: null, sweptAt: null, folders: [], ...more,
})

describe('the form of a mailbox whose mail is forwarded', () => {
  const server = useFakeServer()

  async function openForm() {
    server.on('GET /mailboxes', page([]))
    const desk = await openPage('/settings/mailboxes')
    await click('button', 'Conectar un buzón')
    await fill('Correo de atención', 'hola@x.example')
    await click('button', 'Reenviar el correo a Relevo')
    return desk
  }

  it('asks only for what sending needs', async () => {
    await openForm()

    expect(names('textbox')).not.toContain('Servidor de entrada')
    expect(names('textbox')).toContain('Servidor de salida')
    expect(names('combobox')).not.toContain('Correos anteriores')
    expect(names('button')).not.toContain('En el proveedor (OAuth)')
  })

  it('checks the outgoing server alone', async () => {
    server.on('POST /mailboxes/check', { ok: true, steps: [{ step: 'smtp', ok: true, millis: 80, detail: null }, { step: 'smtp-sign-in', ok: true, millis: 90, detail: null }] })
    await openForm()
    expect([...document.querySelectorAll('.check li')].map((step) => step.textContent)).toEqual([expect.stringContaining('Servidor de salida'), expect.stringContaining('Permiso para enviar')])
    await click('button', 'Comprobar')

    expect(server.sent('POST /mailboxes/check')[0]?.body).toMatchObject({ receives: 'forwarding', imap: null, smtp: { host: 'smtp.x.example' } })
  })

  it('goes on to the address that the provider has to forward to', async () => {
    server.on('POST /mailboxes', () => (server.on('GET /mailboxes', page([forwarded])), forwarded))
    const { wrapper, router } = await openForm()
    await submit('Guardar')

    expect(server.sent('POST /mailboxes')[0]?.body).toMatchObject({ receives: 'forwarding', imap: null, folders: null, historyDays: null, oauth: null })
    expect(router.currentRoute.value.path).toBe('/settings/mailboxes/hola/connection')
    expect(says(wrapper)).toContain(secret)
  })

  it('forgets a registration that was begun before the mail was to be forwarded', async () => {
    server.on('GET /mailboxes', page([]))
    server.on('POST /mailboxes', forwarded)
    await openPage('/settings/mailboxes')
    await click('button', 'Conectar un buzón')
    await click('button', 'En el proveedor (OAuth)')
    await click('button', 'Reenviar el correo a Relevo')
    await submit('Guardar')

    expect(server.sent('POST /mailboxes')[0]?.body).toMatchObject({ receives: 'forwarding', oauth: null })
  })

  it('says beside the choice that the receiver is off', async () => {
    server.on('POST /mailboxes', problem(422, '/problems/invalid', 'Revisa los campos.', { errors: [{ pointer: '/receives', detail: 'Esta instalación no recibe correo reenviado.' }] }))
    await openForm()
    await submit('Guardar')
    const choice = byRole('button', 'Reenviar el correo a Relevo').closest('fieldset')

    expect(document.getElementById(choice?.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Esta instalación no recibe correo reenviado.')
  })

  it('shows the address at the first run too, before it goes on', async () => {
    const session = aSession()
    server.on('GET /setup', { needed: false, codeRequired: false })
    server.on('POST /mailboxes', forwarded)
    const { wrapper } = await openPage('/setup', { ...session, workspace: { ...session.workspace, setUp: false } })
    await click('button', 'Reenviar el correo a Relevo')
    await submit('Continuar')
    expect(says(wrapper)).toContain(secret)
    await click('button', 'Continuar')

    byRole('heading', 'Conecta tu tienda')
  })
})

describe('the page of a mailbox whose mail is forwarded', () => {
  const server = useFakeServer()
  beforeEach(() => {
    server.on('GET /mailboxes', page([forwarded]))
    server.on('GET /mailboxes/hola/health', aHealth())
  })

  it('says how the receiver is, and compares nothing', async () => {
    const { wrapper } = await openPage('/settings/mailboxes/hola')

    expect(says(wrapper)).toContain('Receptor de correo reenviadoAbierto')
    expect(names('button')).not.toContain('Comparar ahora')
    expect(names('link')).not.toContain('Carpetas')
    expect(says(wrapper)).not.toMatch(/En el servidor|Último contacto|último contacto/)
  })

  it('says why the receiver takes nothing in', async () => {
    const closed = { state: 'failing' as const, problem: 'No se recibe el correo reenviado: el receptor está apagado.' }
    server.on('GET /mailboxes', page([aForwardedMailbox('hola', closed)]))
    server.on('GET /mailboxes/hola/health', aHealth(closed))
    const { wrapper } = await openPage('/settings/mailboxes/hola')

    expect(says(wrapper)).toContain('Ahora no se recibe')
    expect(says(wrapper)).toContain('el receptor está apagado')
    expect(says(wrapper)).toContain('Receptor de correo reenviadoCerrado')
  })

  it('gives the secret address with the steps that are left, ready to copy', async () => {
    const { wrapper } = await openPage('/settings/mailboxes/hola/connection')

    expect(byRole('region', 'Reenvía tu correo a Relevo').querySelectorAll('li')).toHaveLength(3)
    expect(says(wrapper)).toContain('reenvía a esta dirección todo lo que llegue a hola@x.example')
    byRole('button', 'Copiar Dirección secreta de reenvío')
  })

  it('stays forwarded when it is saved', async () => {
    server.on('PUT /mailboxes/hola', forwarded)
    await openPage('/settings/mailboxes/hola/connection')
    await submit('Guardar')

    expect(server.sent('PUT /mailboxes/hola')[0]?.body).toMatchObject({ receives: 'forwarding', imap: null, folders: null, password: '' })
  })

  it('is what a mailbox becomes that was read until now, and back', async () => {
    server.on('GET /mailboxes', page([aMailbox('hola')]))
    server.on('PUT /mailboxes/hola', () => (server.on('GET /mailboxes', page([forwarded])), forwarded))
    const { wrapper } = await openPage('/settings/mailboxes/hola/connection')
    await click('button', 'Reenviar el correo a Relevo')
    await submit('Guardar')
    expect(says(wrapper)).toContain('Ahora reenvía su correo a la dirección que ves aquí.')
    expect(says(wrapper)).toContain(secret)

    await click('button', 'Leer el buzón (IMAP)')
    expect((byRole('textbox', 'Servidor de entrada') as HTMLInputElement).value).toBe('imap.x.example')
  })

  it('keeps the registration at a provider that it has', async () => {
    server.on('GET /mailboxes', page([aMailbox('hola', {}, { kind: 'oauth', provider: 'microsoft', clientId: 'abc' })]))
    server.on('PUT /mailboxes/hola', forwarded)
    await openPage('/settings/mailboxes/hola/connection')
    await click('button', 'Reenviar el correo a Relevo')
    await submit('Guardar')

    expect(server.sent('PUT /mailboxes/hola')[0]?.body).toMatchObject({ receives: 'forwarding', imap: null, oauth: { provider: 'microsoft', clientId: 'abc' } })
  })

  it('tells its secret to nobody who may only read', async () => {
    const { wrapper } = await openPage('/settings/mailboxes/hola/connection', reader)

    expect(says(wrapper)).toContain('Reenviar el correo a Relevo')
    expect(document.body.innerHTML).not.toContain(secret)
    expect(names('button')).toEqual([])
  })
})
