import type { Money } from './api/types'

const DAY = 24 * 60 * 60 * 1000
const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE

/** "17:41" today, "21 nov" this year, "21 nov 2024" before. */
export function shortTime(instant: string, locale: string, now = Date.now()): string {
  const date = new Date(instant)
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return clockTime(date, locale)
  const sameYear = date.getFullYear() === today.getFullYear()
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(date)
}

/** "vie 21 nov, 19:40"; today only the time. */
export function threadTime(instant: string, locale: string, now = Date.now()): string {
  const date = new Date(instant)
  if (date.toDateString() === new Date(now).toDateString()) return clockTime(date, locale)
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(date)
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(date)
  return `${weekday} ${day}, ${clockTime(date, locale)}`
}

/** "18 nov, 16:20": without the weekday, for narrow columns. */
export function stepTime(instant: string, locale: string): string {
  const date = new Date(instant)
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(date)
  return `${day}, ${clockTime(date, locale)}`
}

export function clockTime(date: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(date)
}

/** The whole stamp, for a tooltip and for screen readers. */
export function fullTime(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(instant))
}

export function monthAndYear(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(new Date(instant))
}

/** A calendar day without a time zone, such as a promised delivery. */
export function calendarDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`))
}

/** How long something lasts already: "41 s", "18 min", "2 h", "3 days". */
export function elapsed(since: string, locale: string, now = Date.now()): string {
  return lasting(now - new Date(since).getTime(), locale)
}

/** A span of milliseconds in its largest unit. */
export function lasting(millis: number, locale: string): string {
  const span = Math.max(0, millis)
  if (span < MINUTE) return unit(Math.floor(span / 1000), 'second', locale)
  if (span < HOUR) return unit(Math.floor(span / MINUTE), 'minute', locale)
  if (span >= DAY) return unit(Math.floor(span / DAY), 'day', locale)
  return unit(Math.floor(span / HOUR), 'hour', locale)
}

function unit(value: number, name: 'second' | 'minute' | 'hour' | 'day', locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: name === 'day' ? 'long' : 'short' }).format(value)
}

/** "hace 5 minutos" under 24 hours, else day and month. */
export function relativeTime(instant: string, locale: string, now = Date.now()): string {
  const span = new Date(instant).getTime() - now
  if (Math.abs(span) >= DAY) return shortTime(instant, locale, now)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (Math.abs(span) < MINUTE) return format.format(Math.round(span / 1000), 'second')
  if (Math.abs(span) < HOUR) return format.format(Math.round(span / MINUTE), 'minute')
  return format.format(Math.round(span / HOUR), 'hour')
}

export function money(value: Money, locale: string): string {
  const amount = value.amount as unknown as number // Intl reads decimal strings exactly; the type does not say so yet
  return new Intl.NumberFormat(locale, { style: 'currency', currency: value.currency }).format(amount)
}

export function fileSize(bytes: number, locale: string): string {
  const [value, name] = bytes < 1024 ** 2 ? [Math.max(1, bytes / 1024), 'kilobyte'] : [bytes / 1024 ** 2, 'megabyte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name as string, maximumFractionDigits: (value as number) < 10 ? 1 : 0 }).format(value as number)
}

export function wholeNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value)
}

export function seconds(millis: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', maximumFractionDigits: 1 }).format(millis / 1000)
}

/** "MG" for Marta Gil. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s@._-]+/).filter(Boolean)
  const last = words.length > 1 ? words[words.length - 1] : undefined
  return ((words[0]?.[0] ?? '?') + (last?.[0] ?? '')).toUpperCase()
}
