import { beforeEach, describe, expect, it } from 'vitest'
import { allByRole, nameOf, openPage } from '@/testing/desk'
import { useFakeServer } from '@/testing/fakeServer'
import { aContext, aFile, aMailbox, anOrder, aReply, aRow, aSession, aTicket, aView, page, received } from '@/testing/world'

const pages = [
  '/sign-in', '/setup', '/invitation/abc', '/inbox/open', '/inbox/open/marta', '/settings/mailboxes', ...['', '/waiting', '/log', '/folders', '/connection', '/trust', '/acknowledgement', '/sending'].map((section) => `/settings/mailboxes/hola${section}`),
  '/settings/templates', '/settings/shops', '/settings/people', '/settings/tokens',
  '/settings/profile', '/no-access', '/unreachable',
]

describe('every page', () => {
  const server = useFakeServer()
  beforeEach(() => {
    const marta = aRow('marta', 'Marta Gil', { tags: ['Retraso'], order: { id: 'order-AU-1', number: 'AU-1', status: 'shipped' } })
    server.on('GET /setup', { needed: true, codeRequired: true })
    server.on('GET /invitations/abc', { workspaceName: 'Tienda Aurora', email: 'a@x.example', invitedBy: 'Marcos', role: 'agent', partyName: 'Aurora' })
    server.on('GET /views', page([aView('open', 1), aView('all')]))
    server.on('GET /tickets', page([marta]))
    server.on('GET /tickets/marta', aTicket(marta, [received('e1', 'Hola', 'Marta Gil', { attachments: [aFile('a.pdf')], html: null }), aReply('e2', 'Hola')]))
    server.on('GET /tickets/marta/context', aContext([anOrder('AU-1'), anOrder('AU-2')]))
    server.on('GET /tickets/*/draft', null)
    server.on('GET /mailboxes/hola/health', { ...aMailbox('hola').health, usualGapSeconds: null, oldestNotUnderstoodAt: null, oldestNotStoredAt: null, failed: 0, notGiven: 0, atSource: 3, stored: 3, shown: 3, sweptAt: null, folders: [] })
    for (const list of ['log', 'folders', 'senders']) server.on(`GET /mailboxes/hola/${list}`, page([]))
    server.on('GET /mailboxes/hola/handling', { trustedServers: ['mx.x.example'], acknowledgement: 'Gracias', seenServers: [{ name: 'mx.y.example', mails: 2 }] })
    server.on('GET /mailboxes', page([aMailbox('hola', { unreadable: 1 })]))
    server.on('GET /mailboxes/hola/signing', { domain: 'x.example', active: false, records: [] })
    for (const list of ['templates', 'inbound', 'shops', 'people', 'teams', 'tokens']) server.on(`GET /${list}`, page([]))
  })

  const withoutName = (role: string) => allByRole(role).filter((element) => nameOf(element) === '' && !element.title && !labelled(element))
  const labelled = (element: HTMLElement) => element.closest('label') !== null || element.hasAttribute('hidden') || element.hasAttribute('aria-labelledby')

  it.each(pages)('%s has one heading, names for all its controls, and ids that are its own', async (path) => {
    await openPage(path, ['/sign-in', '/setup', '/invitation/abc'].includes(path) ? null : aSession())

    for (const role of ['button', 'link', 'textbox', 'combobox', 'listbox', 'navigation']) expect(withoutName(role).map((element) => element.outerHTML)).toEqual([])
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    expect(ids).toHaveLength(new Set(ids).size)
    expect(document.querySelectorAll('img:not([alt]), iframe:not([title])')).toHaveLength(0)
    expect(document.querySelectorAll('h1')).toHaveLength(1)
  })
})
