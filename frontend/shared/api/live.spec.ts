import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectLive } from './live'
import type { LiveEvent } from './types'

class FakeSocket extends EventTarget {
  static all: FakeSocket[] = []
  readyState = 1
  sent: string[] = []

  constructor(readonly url: string) {
    super()
    FakeSocket.all.push(this)
  }

  static get last(): FakeSocket {
    return FakeSocket.all.at(-1) as FakeSocket
  }

  says(frame: object) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }

  drop(code = 1006) {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }

  send(text: string) {
    this.sent.push(text)
  }

  close() {
    this.readyState = 3
  }
}

describe('the live connection', () => {
  const events: LiveEvent[] = []
  const states: string[] = []
  let resets = 0
  let connection: ReturnType<typeof connectLive>

  beforeEach(() => {
    vi.useFakeTimers()
    FakeSocket.all = []
    events.length = 0
    states.length = 0
    resets = 0
    connection = connectLive(
      { event: (event) => events.push(event), reset: () => resets++, state: (state) => states.push(state) },
      (url) => new FakeSocket(url) as unknown as WebSocket,
    )
  })
  afterEach(() => {
    connection.close()
    vi.useRealTimers()
  })

  const anEvent = (cursor: string) => ({ type: 'event', cursor, kind: 'ticket', subjectId: 't1', entryId: null, entryKind: 'reply', actorId: null })

  it('begins without a cursor and asks for everything once, since what was read before may be old', () => {
    FakeSocket.last.says({ type: 'hello', cursor: '10' })

    expect(FakeSocket.last.url).not.toContain('cursor')
    expect(states.at(-1)).toBe('open')
    expect(resets).toBe(1)
  })

  it('resumes after the last event that it saw, without asking for everything', () => {
    FakeSocket.last.says({ type: 'hello', cursor: '10' })
    FakeSocket.last.says(anEvent('11'))
    FakeSocket.last.drop()
    vi.advanceTimersByTime(1000)

    expect(FakeSocket.last.url).toContain('cursor=11')
    FakeSocket.last.says({ type: 'hello', cursor: '11' })
    FakeSocket.last.says(anEvent('12'))
    expect(events.map((event) => event.cursor)).toEqual(['11', '12'])
    expect(resets).toBe(1)
  })

  it('fetches everything when the server says that events are gone', () => {
    FakeSocket.last.says({ type: 'hello', cursor: '10' })
    FakeSocket.last.says({ type: 'reset', cursor: '90' })
    FakeSocket.last.drop()
    vi.advanceTimersByTime(1000)

    expect(resets).toBe(2)
    expect(FakeSocket.last.url).toContain('cursor=90')
  })

  it('waits longer each time that nobody answers', () => {
    for (let i = 0; i < 5; i++) {
      FakeSocket.last.drop()
      vi.advanceTimersByTime(40_000)
    }
    const before = FakeSocket.all.length
    FakeSocket.last.drop()
    vi.advanceTimersByTime(5_000)

    expect(FakeSocket.all).toHaveLength(before)
    vi.advanceTimersByTime(40_000)
    expect(FakeSocket.all).toHaveLength(before + 1)
  })

  it('does not come back by itself when the session ended', () => {
    FakeSocket.last.drop(4401)
    vi.advanceTimersByTime(60_000)

    expect(FakeSocket.all).toHaveLength(1)
    expect(states.at(-1)).toBe('signed-out')
    connection.reconnect()
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('notices a connection that died in silence', () => {
    FakeSocket.last.says({ type: 'hello', cursor: '10' })
    vi.advanceTimersByTime(25_000)
    expect(FakeSocket.last.sent).toEqual(['{"type":"ping"}'])

    vi.advanceTimersByTime(12_000)
    expect(FakeSocket.all).toHaveLength(2)
    expect(FakeSocket.last.url).toContain('cursor=10')
  })
})
