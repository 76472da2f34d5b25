import { beforeEach, describe, expect, it } from 'vitest'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { api, configureClient, NetworkError, ProblemError } from './client'

describe('the client', () => {
  const server = useFakeServer()
  beforeEach(() => {
    document.cookie = 'XSRF-TOKEN=a%3Db'
    configureClient({ language: () => 'es', signedOut: async () => false })
  })

  it('asks in the language of the person', async () => {
    server.on('GET /views', { items: [], next: null })

    await api.get('/views')

    expect(server.requests[0]?.headers.get('Accept-Language')).toBe('es')
    expect(server.requests[0]?.headers.has('Idempotency-Key')).toBe(false)
  })

  it('leaves out what was not asked for', async () => {
    server.on('GET /tickets', { items: [], next: null })

    await api.get('/tickets', { query: { view: 'open', query: '', cursor: null, limit: 50 } })

    expect(server.requests[0]?.query.toString()).toBe('view=open&limit=50')
  })

  it('signs each write with the CSRF token and a key of its own', async () => {
    server.on('PUT /tickets/1/read', null)

    await api.put('/tickets/1/read')
    await api.put('/tickets/1/read')

    const keys = server.requests.map((request) => request.headers.get('Idempotency-Key'))
    expect(server.requests[0]?.headers.get('X-XSRF-TOKEN')).toBe('a=b')
    expect(new Set(keys).size).toBe(2)
  })

  it('turns a problem into an error that knows its type and its fields', async () => {
    server.on('POST /mailboxes', problem(422, '/problems/invalid', 'Revisa los campos.', { errors: [{ pointer: '/imap/host', detail: 'No existe.' }] }))

    const failure = await api.post('/mailboxes', {}).catch((error: unknown) => error)

    expect(failure).toBeInstanceOf(ProblemError)
    expect((failure as ProblemError).is('/problems/invalid')).toBe(true)
    expect((failure as ProblemError).about('/imap/host')).toBe('No existe.')
    expect((failure as ProblemError).message).toBe('Revisa los campos.')
  })

  it('makes a nameless problem of an answer that is none of ours', async () => {
    server.on('GET /views', () => new Response('<h1>Bad gateway</h1>', { status: 502 }))

    const failure = (await api.get('/views').catch((error: unknown) => error)) as ProblemError

    expect(failure.problem).toMatchObject({ type: 'about:blank', status: 502 })
  })

  it('tells silence from refusal', async () => {
    server.unplug()

    await expect(api.get('/views')).rejects.toBeInstanceOf(NetworkError)
  })

  it('waits for the person to sign in again and repeats the write with the same key', async () => {
    let signedIn = false
    configureClient({ language: () => 'es', signedOut: async () => (signedIn = true) })
    server.on('POST /tickets/1/notes', () => (signedIn ? { id: 'n' } : problem(401, '/problems/signed-out', '')))

    const note = await api.post('/tickets/1/notes', { text: 'Hola' })

    expect(note).toEqual({ id: 'n' })
    const [first, second] = server.requests
    expect(second?.body).toEqual({ text: 'Hola' })
    expect(second?.headers.get('Idempotency-Key')).toBe(first?.headers.get('Idempotency-Key'))
  })

  it('does not ask whoever was never signed in', async () => {
    let asked = false
    configureClient({ language: () => 'es', signedOut: async () => (asked = true) })
    server.on('GET /session', problem(401, '/problems/signed-out', ''))

    await expect(api.get('/session', { anonymous: true })).rejects.toBeInstanceOf(ProblemError)
    expect(asked).toBe(false)
  })
})
