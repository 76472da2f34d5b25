import { VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { features } from '@/features'
import { sessionQuery } from '@/features/session/composables/useSession'
import { i18n } from '@/i18n'
import { queryClient } from '@/queries'
import { allByRole, byRole, fill, nameOf, settle } from '@/testing/desk'
import { useFakeServer } from '@/testing/fakeServer'
import { anOrder, aRow, aSession, page } from '@/testing/world'
import { usePalette } from '../composables/usePalette'
import CommandPalette from './CommandPalette.vue'

const pause = async () => {
  await new Promise((resolve) => setTimeout(resolve, 200))
  await settle()
}

describe('the palette', () => {
  const server = useFakeServer()
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }, ...features.flatMap((feature) => feature.routes)] })

  beforeEach(async () => {
    queryClient.setQueryData(sessionQuery.queryKey, aSession(['ticket:read', 'token:manage']))
    server.on('GET /tickets', (request) => page(request.query.get('query') === 'lampara' ? [aRow('t7', 'Marta Gil')] : []))
    server.on('GET /orders', page([anOrder('AU-20418')]))
    mount(CommandPalette, { attachTo: document.body, global: { plugins: [i18n, router, [VueQueryPlugin, { queryClient }]] } })
    usePalette().open()
    await settle()
  })

  const options = () => allByRole('option').map(nameOf)
  const type = async (text: string) => {
    await fill('Buscar o ejecutar…', text)
    await pause()
  }

  it('goes to the places that the role allows, with or without accents', async () => {
    expect(options().some((name) => name.startsWith('Buzones'))).toBe(false)
    await type('claves')
    expect(options()).toEqual(['Claves de APIAjustes'])
    byRole('option', /Claves/).dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await settle()
    expect(router.currentRoute.value.path).toBe('/settings/tokens')
  })

  it('asks the server for conversations, once the typing rests', async () => {
    await fill('Buscar o ejecutar…', 'lam')
    await type('lampara')

    expect(server.sent('GET /tickets').map((request) => request.query.get('query'))).toEqual(['lampara'])
    expect(options()).toEqual(['Asunto de Marta GilMarta Gil · Abierta'])
  })

  it('finds orders behind #', async () => {
    await type('#AU-2')

    expect(server.sent('GET /orders')[0]?.query.get('query')).toBe('AU-2')
    expect(options()[0]).toMatch(/^AU-20418Marta Gil/)
  })

  it('says what to try when there is nothing', async () => {
    await type('zzz')

    expect(byRole('status', /Nada con «zzz»/)).toBeTruthy()
  })
})
