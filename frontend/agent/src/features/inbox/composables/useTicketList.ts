import { useInfiniteQuery } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { TicketRow } from '@shared/api/types'
import { ticketsQuery } from './inboxQueries'
import { arrange, type Arrangement } from './listOrder'

const NOTHING: Arrangement = { shown: [], waiting: [] }

/** The rows of a view, page after page, without ever moving a row under somebody's hand. */
export function useTicketList(view: Ref<string>, query: Ref<string>) {
  const result = useInfiniteQuery(computed(() => ticketsQuery(view.value, query.value)))
  const held = ref(false)
  const arrangement = shallowRef(NOTHING)
  const lastKnown = new Map<string, TicketRow>()
  const dropped = new Set<string>()
  const fresh = computed(() => uniqueById(result.data.value?.pages.flatMap((page) => page.items) ?? []))

  watch([view, query], () => {
    arrangement.value = NOTHING
    dropped.clear()
    held.value = false
  })
  watch(fresh, settle, { immediate: true })
  watch(held, (still) => still || settle())

  function settle() {
    for (const row of fresh.value) lastKnown.set(row.id, row)
    arrangement.value = arrange(arrangement.value.shown, freshIds(), held.value)
  }

  /** A dropped row stays away until the server agrees; when it comes back later, it is news. */
  function freshIds(): string[] {
    const ids = fresh.value.map((row) => row.id)
    for (const id of dropped) if (!ids.includes(id)) dropped.delete(id)
    return ids.filter((id) => !dropped.has(id))
  }

  const rows = computed(() => {
    const now = new Map(fresh.value.map((row) => [row.id, row]))
    return arrangement.value.shown.flatMap((id) => now.get(id) ?? lastKnown.get(id) ?? [])
  })

  /** Lets the queued rows in. */
  function admit() {
    arrangement.value = { shown: freshIds(), waiting: [] }
  }

  /** Takes a row out at once; the answer puts it back in its place if the server refuses. */
  function drop(id: string): () => void {
    const place = arrangement.value.shown.indexOf(id)
    if (place < 0) return () => undefined
    dropped.add(id)
    arrangement.value = { ...arrangement.value, shown: arrangement.value.shown.toSpliced(place, 1) }
    return () => {
      dropped.delete(id)
      const { shown, waiting } = arrangement.value
      const others = shown.filter((other) => other !== id)
      arrangement.value = { shown: others.toSpliced(Math.min(place, others.length), 0, id), waiting: waiting.filter((other) => other !== id) }
    }
  }

  function neighbour(id: string | null, step: 1 | -1): TicketRow | null {
    const place = rows.value.findIndex((row) => row.id === id)
    if (place < 0) return rows.value[0] ?? null
    return rows.value[place + step] ?? null
  }

  return {
    rows,
    held,
    waiting: computed(() => arrangement.value.waiting.length),
    loading: result.isPending,
    failed: result.isError,
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    loadMore: () => result.fetchNextPage({ cancelRefetch: false }),
    retry: () => result.refetch(),
    admit,
    drop,
    neighbour,
  }
}

export type TicketList = ReturnType<typeof useTicketList>

/** Paging by newest message can show a row twice while it moves. */
function uniqueById(rows: TicketRow[]): TicketRow[] {
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].toReversed()
}
