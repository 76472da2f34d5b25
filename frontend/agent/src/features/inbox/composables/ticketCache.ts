import type { InfiniteData, QueryClient } from '@tanstack/vue-query'
import type { Page, Ticket, TicketContext, TicketRow, TimelineEntry } from '@shared/api/types'

type Rows = InfiniteData<Page<TicketRow>>

/** Changes a ticket wherever it is shown. Returns how to put back just what was changed. */
export function patchTicket(queries: QueryClient, id: string, patch: Partial<TicketRow>): () => void {
  const before = currentRow(queries, id)
  apply(queries, id, patch)
  if (!before) return () => undefined
  const fields = Object.keys(patch) as (keyof TicketRow)[]
  const old = Object.fromEntries(fields.map((field) => [field, before[field]])) as Partial<TicketRow>
  return () => apply(queries, id, old)
}

export function currentRow(queries: QueryClient, id: string): TicketRow | undefined {
  const open = queries.getQueryData<Ticket>(['ticket', id])
  if (open) return open
  const lists = queries.getQueriesData<Rows>({ queryKey: ['tickets'] })
  return lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []).find((row) => row.id === id)
}

function apply(queries: QueryClient, id: string, patch: Partial<TicketRow>) {
  queries.setQueryData<Ticket>(['ticket', id], (ticket) => ticket && { ...ticket, ...patch })
  queries.setQueriesData<Rows>({ queryKey: ['tickets'] }, (data) => data && { ...data, pages: data.pages.map((page) => patchPage(page, id, patch)) })
}

function patchPage(page: Page<TicketRow>, id: string, patch: Partial<TicketRow>): Page<TicketRow> {
  if (!page.items.some((row) => row.id === id)) return page
  return { ...page, items: page.items.map((row) => (row.id === id ? { ...row, ...patch } : row)) }
}

/** Puts an entry that the server answered with into the conversation, once. */
export function putEntry(queries: QueryClient, id: string, entry: TimelineEntry): void {
  queries.setQueryData<Ticket>(['ticket', id], (ticket) => {
    if (!ticket) return ticket
    const known = ticket.timeline.some((other) => other.id === entry.id)
    const timeline = known ? ticket.timeline.map((other) => (other.id === entry.id ? entry : other)) : [...ticket.timeline, entry]
    return { ...ticket, timeline }
  })
}

/** Shows somebody who waited as one who takes part. Returns how to put that back. */
export function admit(queries: QueryClient, id: string, address: string): () => void {
  const ticket = queries.getQueryData<Ticket>(['ticket', id])
  const context = queries.getQueryData<TicketContext>(['context', id])
  const letIn = (entry: TimelineEntry) => (entry.message?.from === address ? { ...entry, message: { ...entry.message, stranger: false } } : entry)
  queries.setQueryData<Ticket>(['ticket', id], (now) => now && { ...now, timeline: now.timeline.map(letIn) })
  queries.setQueryData<TicketContext>(['context', id], (now) => now && { ...now, waiting: now.waiting.filter((other) => other !== address) })
  return () => {
    queries.setQueryData(['ticket', id], ticket)
    queries.setQueryData(['context', id], context)
  }
}

/** Answers on their way would show the past for a moment. */
export async function stopReading(queries: QueryClient, id: string): Promise<void> {
  const shown = (query: { state: { data: unknown } }) => query.state.data !== undefined
  await Promise.all([
    queries.cancelQueries({ queryKey: ['ticket', id], predicate: shown }),
    queries.cancelQueries({ queryKey: ['tickets'], predicate: shown }),
  ])
}

export function readAgain(queries: QueryClient, id: string): void {
  for (const queryKey of [['ticket', id], ['tickets'], ['views']]) void queries.invalidateQueries({ queryKey })
}
