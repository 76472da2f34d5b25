import { describe, expect, it } from 'vitest'
import { addresses } from './useLetter'
import { nextWorkdays } from './sendTimes'

describe('a letter', () => {
  it('takes addresses as people part them', () => {
    expect(addresses(' a@x.example; b@x.example,c@x.example\nd@x.example ')).toEqual(['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'])
  })

  it('offers tomorrow and the next Monday at nine', () => {
    const friday = new Date(2025, 10, 28, 16, 0)
    expect(nextWorkdays(friday).map((day) => [day.name, day.at.getDate(), day.at.getHours()])).toEqual([['tomorrow', 29, 9], ['monday', 1, 9]])
    const sunday = new Date(2025, 10, 30, 16, 0)
    expect(nextWorkdays(sunday).map((day) => day.name)).toEqual(['tomorrow'])
  })
})
