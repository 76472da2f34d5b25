import { mount } from '@vue/test-utils'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { describe, expect, it } from 'vitest'
import { api, configureClient } from '@shared/api/client'
import { i18n } from '@/i18n'
import { queryClient } from '@/queries'
import { byRole, fill, settle } from '@/testing/desk'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { aSession } from '@/testing/world'
import SignInAgainDialog from '../components/SignInAgainDialog.vue'
import { askToSignInAgain } from './useSignInAgain'
import { sessionQuery } from './useSession'

describe('a session that ended', () => {
  const server = useFakeServer()

  it('asks once for all that waits, and then everything goes on', async () => {
    configureClient({ language: () => 'es', signedOut: askToSignInAgain })
    queryClient.setQueryData(sessionQuery.queryKey, aSession())
    let signedIn = false
    server.on('POST /session', () => ((signedIn = true), aSession()))
    server.on('POST /tickets/1/replies', () => (signedIn ? { id: 'r' } : problem(401, '/problems/signed-out', '')))
    server.on('PUT /tickets/1/tags', () => (signedIn ? { id: '1' } : problem(401, '/problems/signed-out', '')))
    server.on('GET /session', problem(401, '/problems/signed-out', ''))
    mount(SignInAgainDialog, { attachTo: document.body, global: { plugins: [i18n, [VueQueryPlugin, { queryClient }]] } })

    const both = Promise.all([api.post('/tickets/1/replies', { text: 'Hola' }), api.put('/tickets/1/tags', { tags: [] })])
    await settle()
    expect(byRole('dialog', /Vuelve a entrar para seguir/).textContent).toContain('está guardado')
    expect((byRole('textbox', 'Correo') as HTMLInputElement).value).toBe('lucia@tienda-aurora.example')

    await fill('Contraseña', 'una frase larga')
    byRole('button', 'Entrar').closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    expect(await both).toEqual([{ id: 'r' }, { id: '1' }])
    await settle()
    expect(() => byRole('dialog', /Vuelve/)).toThrow('No dialog')
  })

  it('asks nobody who signed in again in another tab', async () => {
    configureClient({ language: () => 'es', signedOut: askToSignInAgain })
    let tries = 0
    server.on('GET /session', aSession())
    server.on('GET /views', () => (tries++ ? { items: [] } : problem(401, '/problems/signed-out', '')))
    mount(SignInAgainDialog, { attachTo: document.body, global: { plugins: [i18n, [VueQueryPlugin, { queryClient }]] } })

    expect(await api.get('/views')).toEqual({ items: [] })
    expect(() => byRole('dialog', /Vuelve/)).toThrow('No dialog')
  })
})
