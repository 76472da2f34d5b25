import type { Message } from '@shared/api/types'

type Invitation = Message['invitations'][number]

const METHODS = ['request', 'publish', 'add', 'cancel', 'reply', 'counter', 'declinecounter', 'refresh']
const ANSWERS = ['accepted', 'declined', 'tentative']

/** What a calendar mail wants, by its method (RFC 5546); an answer by what it says. */
export function invitationWord(event: Invitation): string {
  const method = event.method.toLowerCase()
  const status = event.status?.toLowerCase() ?? ''
  if (method === 'reply' && ANSWERS.includes(status)) return status
  if (status === 'cancelled') return 'cancel'
  return METHODS.includes(method) ? method : 'publish'
}

const DAY = /^\d{4}-\d\d-\d\d$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const LOCAL = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d)(:?\d\d)?$/
const DATE = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
const TIME = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' } as const

/**
 * When an event is, in the reader's time zone if the mail names one; whole days and times without a zone as they are, and
 * what is no time as it was written.
 */
export function invitationTime(start: string, end: string | null, locale: string, timeZone?: string): string {
  if (Number.isNaN(Date.parse(start)) && !LOCAL.test(start)) return asWritten(start, end)
  if (DAY.test(start)) return spanned(days(start), end && DAY.test(end) ? days(end, -1) : null, new Intl.DateTimeFormat(locale, { ...DATE, timeZone: 'UTC' }))
  if (INSTANT.test(start)) return spanned(new Date(start), end && INSTANT.test(end) ? new Date(end) : null, new Intl.DateTimeFormat(locale, { ...DATE, ...TIME, timeZone, timeZoneName: 'short' }))
  const from = wallClock(start)
  if (!from) return asWritten(start, end)
  return spanned(from, end ? wallClock(end) : null, new Intl.DateTimeFormat(locale, { ...DATE, ...TIME, timeZone: 'UTC' }))
}

function asWritten(start: string, end: string | null): string {
  return [start, end].filter(Boolean).join(' – ')
}

function spanned(start: Date, end: Date | null, format: Intl.DateTimeFormat): string {
  return end && end > start ? format.formatRange(start, end) : format.format(start)
}

/** The end of whole days is the day after the last (RFC 5545 3.6.1). */
function days(day: string, more = 0): Date {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + more)
  return date
}

function wallClock(written: string): Date | null {
  const [, year, month, day, hour, minute] = LOCAL.exec(written) ?? []
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`)
  return Number.isNaN(date.getTime()) ? null : date
}
