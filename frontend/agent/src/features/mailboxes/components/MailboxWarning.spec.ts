import { VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Mailbox } from '@shared/api/types'
import { sessionQuery } from '@/features/session/composables/useSession'
import { i18n } from '@/i18n'
import { queryClient } from '@/queries'
import { settle } from '@/testing/desk'
import { useFakeServer } from '@/testing/fakeServer'
import { aMailbox, aSession, page } from '@/testing/world'
import { mailboxesQuery } from '../composables/useMailboxes'
import MailboxWarning from './MailboxWarning.vue'

describe('the warning about mailboxes', () => {
  const server = useFakeServer()
  const routes = [{ path: '/:rest(.*)*', component: { render: () => null } }, { path: '/settings/mailboxes/:mailboxId', name: 'mailbox', component: { render: () => null } }]

  async function warning(mailboxes: Mailbox[], permissions = ['mailbox:read']) {
    server.on('GET /mailboxes', page(mailboxes))
    queryClient.setQueryData(sessionQuery.queryKey, aSession(permissions))
    const wrapper = mount(MailboxWarning, { global: { plugins: [i18n, createRouter({ history: createMemoryHistory(), routes }), [VueQueryPlugin, { queryClient }]] } })
    await settle()
    return wrapper
  }

  it.each([
    [aMailbox('hola', { state: 'failing', problem: 'Nadie contesta.' }), 'No entra correo de hola@x.example. Nadie contesta.'],
    [aMailbox('hola', {}, { kind: 'oauth', needsPerson: true }), 'Alguien tiene que volver a iniciar sesión en hola@x.example.'],
    [aMailbox('hola', { silentSince: '2025-11-20T10:00:00Z' }), 'No llega correo a hola@x.example desde 20 nov'],
  ])('%# names the mailbox and the way to it', async (mailbox, sentence) => {
    const wrapper = await warning([mailbox, aMailbox('otro')])

    expect(wrapper.text().replace(/\s+/g, ' ')).toContain(sentence)
    expect(wrapper.get('a').attributes('href')).toBe('/settings/mailboxes/hola')
  })

  it('counts them when there are several', async () => {
    const wrapper = await warning([aMailbox('a', { state: 'failing' }), aMailbox('b', { state: 'failing' })])
    expect(wrapper.text()).toContain('2 buzones necesitan que los mires.')
  })

  it('goes away by itself when the trouble does', async () => {
    const wrapper = await warning([aMailbox('hola', { state: 'failing' })])
    server.on('GET /mailboxes', page([aMailbox('hola')]))
    await queryClient.invalidateQueries({ queryKey: mailboxesQuery.queryKey })
    await settle()

    expect(wrapper.text()).toBe('')
  })

  it('is not for people who may not read mailboxes: nothing is even asked for', async () => {
    const wrapper = await warning([aMailbox('hola', { state: 'failing' })], ['ticket:read'])

    expect(wrapper.text()).toBe('')
    expect(server.sent('GET /mailboxes')).toHaveLength(0)
  })
})
