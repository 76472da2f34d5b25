import { describe, expect, it } from 'vitest'
import { aMailbox } from '@/testing/world'
import { conditionOf, needsAttention } from './condition'

const silentSince = '2025-11-20T10:00:00Z'

describe('the condition of a mailbox', () => {
  it.each([
    [aMailbox('a'), 'works', false],
    [aMailbox('a', { problem: 'La carpeta Pedidos no existe.' }), 'hampered', false],
    [aMailbox('a', { state: 'connecting' }), 'connecting', false],
    [aMailbox('a', { state: 'paused', silentSince }), 'paused', false],
    [aMailbox('a', { silentSince }), 'silent', true],
    [aMailbox('a', { state: 'failing', silentSince }), 'failing', true],
    [aMailbox('a', { state: 'failing' }, { kind: 'oauth', needsPerson: true }), 'sign-in', true],
  ])('%# names what a person has to do first', (mailbox, condition, attention) => {
    expect(conditionOf(mailbox)).toBe(condition)
    expect(needsAttention(mailbox)).toBe(attention)
  })

  it('is no matter for a person while a line that worked is only just broken', () => {
    const since = '2025-11-24T16:00:00Z'
    const after = (seconds: number) => Date.parse(since) + seconds * 1000

    expect(needsAttention(aMailbox('a', { state: 'failing', since }), after(29))).toBe(false)
    expect(needsAttention(aMailbox('a', { state: 'failing', since }), after(30))).toBe(true)
    expect(needsAttention(aMailbox('a', { state: 'failing', since, lastContactAt: null }), after(1))).toBe(true)
  })
})
