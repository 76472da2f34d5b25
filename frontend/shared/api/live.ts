import type { LiveEvent } from './types'

export type LiveState = 'connecting' | 'open' | 'waiting' | 'signed-out'

export interface LiveHandlers {
  event(event: LiveEvent): void
  /** Events are lost or were never seen: fetch everything again. */
  reset(): void
  state(state: LiveState): void
}

type Frame = { type: 'hello' | 'reset'; cursor: string } | ({ type: 'event' } & LiveEvent) | { type: 'pong' }

const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000
const PING_EVERY = 25_000
const PONG_WITHIN = 10_000
const SESSION_ENDED = 4401

/** One socket that resumes after the last event it saw, so that nothing is missed and nothing comes twice. */
export function connectLive(handlers: LiveHandlers, open: (url: string) => WebSocket = (url) => new WebSocket(url)) {
  let cursor: string | null = null
  let socket: WebSocket | null = null
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let heartbeat: ReturnType<typeof setTimeout> | undefined
  let closed = false

  function connect() {
    clearTimeout(timer)
    handlers.state('connecting')
    const current = open(address(cursor))
    socket = current
    current.addEventListener('message', (message) => current === socket && receive(JSON.parse(String(message.data))))
    current.addEventListener('close', (event) => current === socket && lost(event.code))
  }

  function receive(frame: Frame) {
    expectLife()
    if (frame.type === 'pong') return
    if (frame.type === 'event') {
      cursor = frame.cursor
      handlers.event(frame)
      return
    }
    const first = cursor === null
    cursor = frame.cursor
    attempt = 0
    handlers.state('open')
    if (first || frame.type === 'reset') handlers.reset()
  }

  /** A socket can die in silence: ask, and if nobody answers, begin again. */
  function expectLife() {
    clearTimeout(heartbeat)
    heartbeat = setTimeout(() => {
      socket?.send(JSON.stringify({ type: 'ping' }))
      heartbeat = setTimeout(() => dropAndRetry(), PONG_WITHIN)
    }, PING_EVERY)
  }

  function dropAndRetry() {
    const silent = socket
    socket = null
    silent?.close()
    lost(0)
  }

  function lost(code: number) {
    clearTimeout(heartbeat)
    socket = null
    if (closed) return
    if (code === SESSION_ENDED) {
      handlers.state('signed-out')
      return
    }
    handlers.state('waiting')
    timer = setTimeout(connect, waitBefore(attempt++))
  }

  /** After a change of network an open socket may be dead without knowing it: a new one resumes where it stopped. */
  function reconnect() {
    if (closed) return
    attempt = 0
    const old = socket
    socket = null
    old?.close()
    connect()
  }

  function close() {
    closed = true
    clearTimeout(timer)
    clearTimeout(heartbeat)
    socket?.close()
  }

  connect()
  return { reconnect, close }
}

/** Doubles each time, with some chance in it so that a whole team does not come back in the same instant. */
function waitBefore(attempt: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.75 + Math.random() / 2)
}

function address(cursor: string | null): string {
  const base = `${location.origin.replace(/^http/, 'ws')}/api/v1/live`
  return cursor === null ? base : `${base}?cursor=${encodeURIComponent(cursor)}`
}
