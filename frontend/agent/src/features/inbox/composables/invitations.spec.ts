import { describe, expect, it } from 'vitest'
import { invitationTime, invitationWord } from './invitations'

const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, ' ')
const when = (start: string, end: string | null = null) => plain(invitationTime(start, end, 'en-GB', 'Europe/Madrid'))

describe('when an event is', () => {
  it.each([
    ['2026-11-24T09:00:00Z', null, 'Tue, 24 Nov 2026, 10:00 CET'],
    ['2026-11-24T09:00:00Z', '2026-11-24T10:30:00Z', 'Tue, 24 Nov 2026, 10:00–11:30 CET'],
    ['2026-07-01T09:00:00-05:00', null, 'Wed, 1 Jul 2026, 16:00 CEST'],
    ['2026-11-24', '2026-11-25', 'Tue, 24 Nov 2026'],
    ['2026-11-24', '2026-11-27', 'Tue, 24 Nov – Thu, 26 Nov 2026'],
    ['20261124T100000', '20261124T110000', 'Tue, 24 Nov 2026, 10:00–11:00'],
    ['next Tuesday', 'noon', 'next Tuesday – noon'],
    ['2026-99-99', null, '2026-99-99'],
    ['20269999T999999', null, '20269999T999999'],
  ])('%s to %s is told as %s', (start, end, told) => expect(when(start, end)).toBe(told))

  it('does not run backwards', () => expect(when('2026-11-24T09:00:00Z', '2026-11-24T08:00:00Z')).toBe('Tue, 24 Nov 2026, 10:00 CET'))
})

describe('what a calendar mail wants', () => {
  const event = (method: string, status: string | null = null) => ({ method, status, summary: null, start: null, end: null, location: null, organizer: null })

  it.each([
    ['REQUEST', 'CONFIRMED', 'request'],
    ['CANCEL', null, 'cancel'],
    ['REQUEST', 'CANCELLED', 'cancel'],
    ['REPLY', 'ACCEPTED', 'accepted'],
    ['REPLY', 'DELEGATED', 'reply'],
    ['', null, 'publish'],
    ['constructor', null, 'publish'],
  ])('%s %s: %s', (method, status, word) => expect(invitationWord(event(method, status))).toBe(word))
})
