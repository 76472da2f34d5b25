import type { Attachment, Problem } from './types'

/** The server answered and said no: branch on `type`, show `detail`. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfter: number | null = null,
  ) {
    super(problem.detail)
    this.name = 'ProblemError'
  }

  is(type: string): boolean {
    return this.problem.type === type
  }

  /** What the server says about one field, addressed by its JSON pointer. */
  about(pointer: string): string | null {
    return this.problem.errors?.find((error) => error.pointer === pointer)?.detail ?? null
  }
}

/** Nobody answered: the request may or may not have arrived, so it is repeated with the same key or not at all. */
export class NetworkError extends Error {
  constructor(cause?: unknown) {
    super('No answer from the server', { cause })
    this.name = 'NetworkError'
  }
}

export interface CallOptions {
  query?: Record<string, string | number | boolean | null | undefined>
  /** The same key for every repetition of one intention, so that it happens once. */
  key?: string
  signal?: AbortSignal
  contentType?: string
  /** Whoever is signed out is told so, instead of being asked to sign in. */
  anonymous?: boolean
}

export interface ClientHooks {
  language(): string
  /** Asks the person to sign in again; true when the request may be repeated. */
  signedOut(): Promise<boolean>
}

let hooks: ClientHooks = { language: () => 'es', signedOut: async () => false }

export function configureClient(given: ClientHooks): void {
  hooks = given
}

const BASE = '/api/v1'
const SIGNED_OUT = '/problems/signed-out'
const PAGE_OUT_OF_DATE = '/problems/page-out-of-date'
const TOKEN = 'XSRF-TOKEN'

export const api = {
  get: <T>(path: string, options?: CallOptions) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PATCH', path, body, options),
  delete: <T>(path: string, options?: CallOptions) => call<T>('DELETE', path, undefined, options),
  upload,
}

async function call<T>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  const key = options.key ?? crypto.randomUUID()
  if (method !== 'GET' && cookie(TOKEN) === null) await renewToken()
  return recovering(options.anonymous ?? false, async () => {
    const response = await exchange(method, path, body, options, key)
    if (!response.ok) throw await problemOf(response)
    return (await read(response)) as T
  })
}

/** Repeats what was refused only because the session or the page had grown old. */
async function recovering<T>(anonymous: boolean, send: () => Promise<T>, renewed = false): Promise<T> {
  try {
    return await send()
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure
    if (failure.is(PAGE_OUT_OF_DATE) && !renewed) {
      await renewToken()
      return recovering(anonymous, send, true)
    }
    if (failure.is(SIGNED_OUT) && !anonymous && (await hooks.signedOut())) return recovering(true, send)
    throw failure
  }
}

/** Any answer about the session brings the page's write token along. */
async function renewToken(): Promise<void> {
  await exchange('GET', '/session', undefined, {}, '')
}

async function exchange(method: string, path: string, body: unknown, options: CallOptions, key: string) {
  try {
    return await fetch(address(path, options.query), {
      method,
      headers: headers(method, body, options, key),
      body: bodyOf(body, options),
      signal: options.signal ?? null,
      credentials: 'same-origin',
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new NetworkError(error)
  }
}

function headers(method: string, body: unknown, options: CallOptions, key: string): Record<string, string> {
  const all: Record<string, string> = { Accept: 'application/json', 'Accept-Language': hooks.language() }
  if (body !== undefined) all['Content-Type'] = options.contentType ?? 'application/json'
  return method === 'GET' ? all : { ...all, ...writeHeaders(key) }
}

function writeHeaders(key: string): Record<string, string> {
  const token = cookie(TOKEN)
  return { 'Idempotency-Key': key, ...(token ? { 'X-XSRF-TOKEN': token } : {}) }
}

/** A file leaves byte for byte: only the server knows its encoding. */
function bodyOf(body: unknown, options: CallOptions): Blob | string | null {
  if (body === undefined) return null
  if (body instanceof Blob) return body
  return options.contentType ? String(body) : JSON.stringify(body)
}

function address(path: string, query: CallOptions['query']): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return BASE + path + (text ? `?${text}` : '')
}

function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null
}

async function read(response: Response): Promise<unknown> {
  const text = response.status === 204 ? '' : await response.text()
  return text ? JSON.parse(text) : null
}

async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('Retry-After')) || null
  const text = await response.text().catch(() => '')
  return new ProblemError(parseProblem(text, response.status), retryAfter)
}

/** A proxy or a crash may answer with anything: it still becomes a problem with a status. */
function parseProblem(text: string, status: number): Problem {
  try {
    const parsed = JSON.parse(text) as Problem
    if (typeof parsed?.type === 'string') return { ...parsed, status, detail: parsed.detail ?? parsed.title ?? '' }
  } catch {
    // Not JSON: fall through to the nameless problem.
  }
  return { type: 'about:blank', title: '', status, detail: '' }
}

/** Sends one file with its progress, which fetch cannot tell. */
async function upload(file: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<Attachment> {
  const key = crypto.randomUUID()
  if (cookie(TOKEN) === null) await renewToken()
  return recovering(false, () => sendFile(file, key, onProgress, signal))
}

function sendFile(file: File, key: string, onProgress: (share: number) => void, signal?: AbortSignal): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${BASE}/attachments`)
    const all = { Accept: 'application/json', 'Accept-Language': hooks.language(), ...writeHeaders(key) }
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Attachment)
      else reject(new ProblemError(parseProblem(request.responseText, request.status)))
    })
    request.addEventListener('error', () => reject(new NetworkError()))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
