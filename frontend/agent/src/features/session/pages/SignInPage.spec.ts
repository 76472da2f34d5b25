import { beforeEach, describe, expect, it } from 'vitest'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { byRole, click, fill, openPage, says, settle } from '@/testing/desk'
import { aSession, page } from '@/testing/world'

describe('signing in', () => {
  const server = useFakeServer()
  beforeEach(() => {
    server.on('GET /views', page([]))
    server.on('GET /tickets', page([]))
    server.on('GET /mailboxes', page([{}]))
  })

  async function signIn(password: string) {
    await fill('Correo', ' lucia@tienda-aurora.example ')
    await fill('Contraseña', password)
    byRole('button', 'Entrar').closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
  }

  it('leads to where somebody wanted to go', async () => {
    server.on('POST /session', aSession())
    const { router } = await openPage('/sign-in?next=/inbox/pending', null)
    await signIn('una frase larga')

    expect(server.sent('POST /session')[0]?.body).toEqual({ email: 'lucia@tienda-aurora.example', password: 'una frase larga' })
    expect(router.currentRoute.value.path).toBe('/inbox/pending')
  })

  it.each(['//evil.example', 'https://evil.example', 'evil'])('never leads away to %s', async (next) => {
    server.on('POST /session', aSession())
    const { router } = await openPage(`/sign-in?next=${encodeURIComponent(next)}`, null)
    await signIn('una frase larga')

    expect(router.currentRoute.value.fullPath).toBe('/')
  })

  it('says in line that the two do not go together', async () => {
    server.on('POST /session', problem(401, '/problems/sign-in-refused', ''))
    const { wrapper } = await openPage('/sign-in', null)
    await signIn('otra')

    expect(says(wrapper)).toContain('Ese correo y esa contraseña no van juntos.')
    expect((byRole('textbox', 'Contraseña') as HTMLInputElement).value).toBe('otra')
  })

  it('says for how long to wait after too many attempts', async () => {
    server.on('POST /session', () => {
      const refusal = problem(429, '/problems/too-many-attempts', '')
      refusal.headers.set('Retry-After', '170')
      return refusal
    })
    const { wrapper } = await openPage('/sign-in', null)
    await signIn('otra')

    expect(says(wrapper)).toContain('dentro de 3 minutos')
  })

  it('tells silence from refusal', async () => {
    server.unplug()
    const { wrapper } = await openPage('/sign-in', null)
    await signIn('una frase larga')

    expect(says(wrapper)).toContain('No llegamos al servidor.')
  })

  it('says whom to ask when the password is forgotten', async () => {
    const { wrapper } = await openPage('/sign-in', null)
    await click('button', '¿La has olvidado?')

    expect(says(wrapper)).toContain('otro enlace de invitación')
  })

  it('shows the password and speaks English, on request', async () => {
    await openPage('/sign-in', null)
    await click('button', 'Mostrar la contraseña')
    expect((byRole('textbox', 'Contraseña') as HTMLInputElement).type).toBe('text')

    await click('button', 'English')
    byRole('heading', 'Sign in')
    expect(document.documentElement.lang).toBe('en')
  })
})

describe('an invitation', () => {
  const server = useFakeServer()

  it('says who invites and makes the account', async () => {
    server.on('GET /invitations/abc', { workspaceName: 'Tienda Aurora', email: 'rocio@contacta.example', invitedBy: 'Marcos', role: 'agent', partyName: 'Contacta Sur' })
    server.on('POST /invitations/abc/accept', aSession())
    const { wrapper } = await openPage('/invitation/abc', null)
    expect(says(wrapper)).toContain('Marcos te invita a Tienda Aurora. Equipo: Contacta Sur. Papel: Agente.')

    await fill('Tu nombre', 'Rocío Leal')
    await fill('Elige una contraseña', 'una frase larga')
    byRole('button', 'Entrar en el equipo').closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(server.sent('POST /invitations/abc/accept')[0]?.body).toEqual({ name: 'Rocío Leal', password: 'una frase larga', locale: 'es' })
  })

  it('says what to do when it has expired', async () => {
    server.on('GET /invitations/old', problem(410, '/problems/invitation-expired', ''))
    const { wrapper } = await openPage('/invitation/old', null)

    expect(says(wrapper)).toContain('Pide un enlace nuevo a quien te invitó.')
  })
})
