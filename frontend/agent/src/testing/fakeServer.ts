import { beforeEach, vi } from 'vitest'

export interface FakeRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: any
  params: string[]
}

type Answer = Response | object | null | undefined
type Handler = (request: FakeRequest) => Answer | Promise<Answer>

/** A server at the border of fetch: what it is not told to answer, it does not know. */
export class FakeServer {
  readonly requests: FakeRequest[] = []
  private routes: { method: string; pattern: RegExp; handler: Handler }[] = []
  private offline = false

  /** The newest rule for a path counts; "*" stands for one part of the path. */
  on(route: string, handler: Handler | Exclude<Answer, undefined>): this {
    const [method = 'GET', path = '/'] = route.split(' ')
    const pattern = new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`)
    this.routes.unshift({ method, pattern, handler: typeof handler === 'function' ? (handler as Handler) : () => handler })
    return this
  }

  unplug() {
    this.offline = true
  }

  plugIn() {
    this.offline = false
    window.dispatchEvent(new Event('online'))
  }

  sent(route: string): FakeRequest[] {
    const [method, path = ''] = route.split(' ')
    return this.requests.filter((request) => request.method === method && request.path === path)
  }

  fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), 'http://desk.test')
    const request: FakeRequest = {
      method: init.method ?? 'GET', path: url.pathname.replace('/api/v1', ''), query: url.searchParams, headers: new Headers(init.headers), body: parse(init.body), params: [],
    }
    this.requests.push(request)
    if (this.offline) throw new TypeError('Failed to fetch')
    const route = this.routes.find(({ method, pattern }) => method === request.method && pattern.test(request.path))
    if (!route) return problem(404, '/problems/not-found', `The fake server knows no ${request.method} ${request.path}`)
    request.params = route.pattern.exec(request.path)?.slice(1) ?? []
    return asResponse(await route.handler(request))
  }
}

export function problem(status: number, type: string, detail: string, more: object = {}): Response {
  return new Response(JSON.stringify({ type, title: type, status, detail, ...more }), { status, headers: { 'Content-Type': 'application/problem+json' } })
}

/** One fake server for each spec of a file. */
export function useFakeServer(): FakeServer {
  const holder = { server: new FakeServer() }
  beforeEach(() => {
    holder.server = new FakeServer()
    vi.stubGlobal('fetch', holder.server.fetch)
  })
  const current = (name: string | symbol) => Reflect.get(holder.server, name) as unknown
  return new Proxy({} as FakeServer, {
    get: (_, name) => {
      const value = current(name)
      return typeof value === 'function' ? (value.bind(holder.server) as unknown) : value
    },
  })
}

function asResponse(answer: Answer): Response {
  if (answer instanceof Response) return answer.clone()
  if (answer === null || answer === undefined) return new Response(null, { status: 204 })
  return new Response(JSON.stringify(answer), { status: 200, headers: { 'Content-Type': 'application/json' } })
}

function parse(body: BodyInit | null | undefined): unknown {
  if (typeof body !== 'string') return body ?? null
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
