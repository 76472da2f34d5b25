import { beforeEach, describe, expect, it } from 'vitest'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { byRole, click, fill, openPage, says, settle } from '@/testing/desk'
import { aSession, page } from '@/testing/world'

const submit = async (button: string) => {
  byRole('button', button).closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

describe('the first run', () => {
  const server = useFakeServer()
  const unfinished = { ...aSession(), workspace: { ...aSession().workspace, setUp: false } }
  beforeEach(() => {
    server.on('GET /setup', { needed: false, codeRequired: true })
    server.on('POST /setup/finished', null)
    server.on('GET /views', page([]))
    server.on('GET /tickets', page([]))
    server.on('GET /mailboxes', page([]))
    server.on('GET /people', page([]))
  })

  it('creates the workspace with the code of the link', async () => {
    server.on('GET /setup', { needed: true, codeRequired: true })
    server.on('POST /setup', unfinished)
    await openPage('/setup?code=k4-7', null)
    await fill('Nombre de tu tienda o empresa', 'Tienda Aurora')
    await fill('Tu nombre', 'Lucía')
    await fill('Correo', 'lucia@tienda-aurora.example')
    await fill('Contraseña', 'una frase larga')
    await submit('Crear y continuar')

    expect(server.sent('POST /setup')[0]?.body).toMatchObject({ code: 'k4-7', workspaceName: 'Tienda Aurora', locale: 'es' })
    byRole('heading', 'Conecta tu buzón')
  })

  it('asks for the code when the link lost it, and says beside the field what is wrong', async () => {
    server.on('GET /setup', { needed: true, codeRequired: true })
    server.on('POST /setup', problem(422, '/problems/invalid', 'Revisa los campos.', { errors: [{ pointer: '/code', detail: 'Ese código no es.' }] }))
    const { wrapper } = await openPage('/setup', null)
    await fill('Código de instalación', 'x')
    await submit('Crear y continuar')

    expect(says(wrapper)).toContain('Ese código no es.')
    expect(byRole('textbox', 'Código de instalación').getAttribute('aria-invalid')).toBe('true')
  })

  it('shows each step of the check with its time or its error, and suggests the servers', async () => {
    server.on('POST /mailboxes/check', {
      ok: false,
      steps: [
        { step: 'reach', ok: true, millis: 412, detail: null },
        { step: 'sign-in', ok: false, millis: null, detail: 'El servidor no acepta esa contraseña.' },
        { step: 'smtp', ok: null, millis: null, detail: null },
      ],
    })
    const { wrapper } = await openPage('/setup', unfinished)
    await fill('Correo de atención', 'hola@tienda-aurora.example')
    expect((byRole('textbox', 'Servidor de salida') as HTMLInputElement).value).toBe('smtp.tienda-aurora.example')
    await click('button', 'Comprobar')

    expect(server.sent('POST /mailboxes/check')[0]?.body).toMatchObject({ address: 'hola@tienda-aurora.example', imap: { host: 'imap.tienda-aurora.example', port: 993, security: 'tls' } })
    expect(says(wrapper)).toMatch(/Servidor de entrada, correcto0,4.s/)
    expect(says(wrapper)).toContain('El servidor no acepta esa contraseña.')
  })

  it('lets every step wait and ends in the inbox', async () => {
    const { router } = await openPage('/setup', unfinished)
    await click('button', 'Hacerlo después')
    byRole('heading', 'Conecta tu tienda')
    await click('button', 'Hacerlo después')
    byRole('heading', 'Invita a tu equipo')
    await click('button', 'Hacerlo después')
    await click('button', 'Abrir la bandeja')

    expect(server.sent('POST /setup/finished')).toHaveLength(1)
    expect(router.currentRoute.value.path).toBe('/inbox/open')
  })

  it('hands out the links of the invitations', async () => {
    server.on('POST /people/invitations', (request) => request.body.invitations.map((one: { email: string }) => ({ id: one.email, email: one.email, link: `https://x.example/invitation/${one.email.length}`, expiresAt: '2025-12-01T00:00:00Z' })))
    await openPage('/setup', unfinished)
    await click('button', /^Tu equipo|^3Tu equipo/)
    await fill('Correo', 'ines@tienda-aurora.example')
    await submit('Crear invitaciones')

    expect(server.sent('POST /people/invitations')[0]?.body).toEqual({ invitations: [{ email: 'ines@tienda-aurora.example', role: 'agent', partyKind: 'shop' }] })
    byRole('button', 'Copiar ines@tienda-aurora.example')
  })
})
