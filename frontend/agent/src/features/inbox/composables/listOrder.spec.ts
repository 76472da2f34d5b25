import { describe, expect, it } from 'vitest'
import { arrange } from './listOrder'

describe('the order of a list', () => {
  it('follows the server when nobody is in it', () =>
    expect(arrange(['a', 'b'], ['c', 'b', 'a'], false)).toEqual({ shown: ['c', 'b', 'a'], waiting: [] }))

  it('queues new rows while somebody is in it', () =>
    expect(arrange(['a', 'b'], ['d', 'c', 'a', 'b'], true)).toEqual({ shown: ['a', 'b'], waiting: ['d', 'c'] }))

  it('keeps rows in their place that moved on the server', () =>
    expect(arrange(['a', 'b', 'c'], ['c', 'a', 'b'], true)).toEqual({ shown: ['a', 'b', 'c'], waiting: [] }))

  it('adds the next page below', () =>
    expect(arrange(['a', 'b'], ['a', 'b', 'c', 'd'], true)).toEqual({ shown: ['a', 'b', 'c', 'd'], waiting: [] }))

  it('keeps a row under the hand that left the view', () =>
    expect(arrange(['a', 'b', 'c'], ['a', 'c'], true)).toEqual({ shown: ['a', 'b', 'c'], waiting: [] }))

  it('shows the first rows at once', () => expect(arrange([], ['a'], true)).toEqual({ shown: ['a'], waiting: [] }))
})
