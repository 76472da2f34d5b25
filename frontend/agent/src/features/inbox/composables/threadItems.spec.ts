import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '@shared/api/types'
import { received } from '@/testing/world'
import { threadItems } from './threadItems'

const event = (id: string, at: string): TimelineEntry => ({ ...received(id, ''), kind: 'status-changed', message: null, at: `2025-11-24T${at}Z` })
const shape = (timeline: TimelineEntry[]) => threadItems(timeline).map((item) => ('events' in item ? item.events.map((entry) => entry.id) : item.message.id))

describe('the lines of a conversation', () => {
  it('tell what happened in one moment together', () => {
    expect(shape([received('m', 'Hola'), event('a', '16:45:00'), event('b', '16:45:59'), event('c', '16:46:00')])).toEqual(['m', ['a', 'b'], ['c']])
  })

  it('keep the messages between events', () => {
    expect(shape([event('a', '16:40:00'), received('m', 'Hola'), event('b', '16:40:00')])).toEqual([['a'], 'm', ['b']])
  })
})
