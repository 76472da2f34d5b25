import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '@shared/api/types'
import { staleAfter } from './useLive'

const event = (more: Partial<LiveEvent>): LiveEvent => ({ cursor: '1', kind: 'ticket', subjectId: 't1', entryId: null, entryKind: 'reply', actorId: null, ...more })

describe('what an event makes old', () => {
  it('a reply: the conversation, the rows and the counts', () =>
    expect(staleAfter(event({}))).toEqual([['ticket', 't1'], ['tickets'], ['views']]))

  it('a delivery changes no count', () => expect(staleAfter(event({ entryKind: 'delivery' }))).toEqual([['ticket', 't1'], ['tickets']]))

  it('a reading changes no conversation', () => expect(staleAfter(event({ entryKind: 'read' }))).toEqual([['tickets'], ['views']]))

  it.each(['order-linked', 'message-received', 'customer-changed', 'participant-added', 'sender-trusted'] as const)('%s also changes the panel', (entryKind) =>
    expect(staleAfter(event({ entryKind }))).toContainEqual(['context', 't1']))

  it('a shop changes the panels', () => expect(staleAfter(event({ kind: 'shop' }))).toEqual([['shops'], ['context']]))
})
