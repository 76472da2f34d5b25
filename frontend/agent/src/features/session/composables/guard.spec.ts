import { describe, expect, it } from 'vitest'
import type { RouteLocationNormalized } from 'vue-router'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { aSession } from '@/testing/world'
import { guard } from './guard'

const to = (path: string, meta = {}, name = 'inbox') => ({ fullPath: path, meta, name }) as unknown as RouteLocationNormalized

describe('who may go where', () => {
  const server = useFakeServer()

  it('lets a signed-in person in', async () => {
    server.on('GET /session', aSession())
    expect(await guard(to('/inbox/open', { permission: 'ticket:read' }))).toBe(true)
  })

  it('asks whoever is signed out, and remembers where they wanted to go', async () => {
    server.on('GET /session', problem(401, '/problems/signed-out', ''))
    server.on('GET /setup', { needed: false, codeRequired: false })
    expect(await guard(to('/inbox/open/1'))).toEqual({ name: 'sign-in', query: { next: '/inbox/open/1' } })
  })

  it('begins with the wizard when nothing is there yet', async () => {
    server.on('GET /session', problem(401, '/problems/signed-out', ''))
    server.on('GET /setup', { needed: true, codeRequired: true })
    expect(await guard(to('/'))).toEqual({ name: 'setup' })
  })

  it('sends the owner back to an unfinished wizard', async () => {
    const session = aSession()
    server.on('GET /session', { ...session, workspace: { ...session.workspace, setUp: false } })
    expect(await guard(to('/inbox/open'))).toEqual({ name: 'setup' })
  })

  it('says so when the role does not allow a page', async () => {
    server.on('GET /session', aSession(['ticket:read']))
    expect(await guard(to('/settings/tokens', { permission: 'token:manage' }))).toEqual({ name: 'no-access' })
  })

  it('says so when the server does not answer', async () => {
    server.on('GET /session', problem(503, 'about:blank', ''))
    expect(await guard(to('/inbox/open'))).toEqual({ name: 'unreachable', query: { next: '/inbox/open' } })
  })
})
