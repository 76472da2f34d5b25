import type { Message, TimelineEntry } from '@shared/api/types'

/** A message stands alone; what happened in one moment is told in one line. */
export type ThreadItem = { id: string; message: TimelineEntry & { message: Message } } | { id: string; events: TimelineEntry[] }

const ONE_MOMENT = 60_000

export function threadItems(timeline: TimelineEntry[]): ThreadItem[] {
  const items: ThreadItem[] = []
  for (const entry of timeline) {
    const last = items.at(-1)
    if (hasMessage(entry)) items.push({ id: entry.id, message: entry })
    else if (last && 'events' in last && together(last.events, entry)) last.events.push(entry)
    else items.push({ id: entry.id, events: [entry] })
  }
  return items
}

function together(events: TimelineEntry[], entry: TimelineEntry): boolean {
  const first = events[0]
  return first !== undefined && Date.parse(entry.at) - Date.parse(first.at) < ONE_MOMENT
}

function hasMessage(entry: TimelineEntry): entry is TimelineEntry & { message: Message } {
  return entry.message !== null
}
