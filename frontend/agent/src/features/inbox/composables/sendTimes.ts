export interface SendTime {
  name: 'tomorrow' | 'monday'
  at: Date
}

const MORNING = 9

/** The times that people choose most: tomorrow morning and the morning of the next Monday. */
export function nextWorkdays(now: Date): SendTime[] {
  const daysToMonday = ((8 - now.getDay()) % 7) || 7
  const tomorrow: SendTime = { name: 'tomorrow', at: morning(now, 1) }
  return daysToMonday === 1 ? [tomorrow] : [tomorrow, { name: 'monday', at: morning(now, daysToMonday) }]
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING)
}

/** What a datetime-local field wants. */
export function forField(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
