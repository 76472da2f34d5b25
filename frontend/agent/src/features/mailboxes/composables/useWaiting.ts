import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '@shared/api/client'
import type { InboundItem, Page } from '@shared/api/types'

export const filters = ['troubled', 'failed', 'quarantined', 'unreadable', 'waiting', 'duplicate', 'all'] as const
export type Filter = (typeof filters)[number]

const A_PAGE = 25
const LOOK_AGAIN = 10_000

/** What arrived in a mailbox, above all what waits for a person; nothing is lost, each keeps its source. */
export function useWaiting(mailbox: string, filter: Ref<Filter>) {
  const queries = useQueryClient()
  const result = useInfiniteQuery(
    computed(() => ({
      queryKey: ['inbound', mailbox, filter.value],
      queryFn: ({ pageParam }: { pageParam: string | null }) => api.get<Page<InboundItem>>('/inbound', { query: { mailbox, state: filter.value, cursor: pageParam, limit: A_PAGE } }),
      initialPageParam: null as string | null,
      getNextPageParam: (last: Page<InboundItem>) => last.next,
      refetchInterval: LOOK_AGAIN,
    })),
  )
  const onSettled = () => Promise.all(['inbound', 'mailboxes'].map((queryKey) => queries.invalidateQueries({ queryKey: [queryKey] })))
  const retry = useMutation({ mutationFn: (item: InboundItem) => api.post<InboundItem>(`/inbound/${item.id}/retry`), onSettled })
  const retryAll = useMutation({ mutationFn: () => api.post<{ items: number }>('/inbound/retry', undefined, { query: { mailbox } }), onSettled })
  const dismiss = useMutation({ mutationFn: (item: InboundItem) => api.post(`/inbound/${item.id}/dismiss`), onSettled })
  return {
    items: computed(() => result.data.value?.pages.flatMap((page) => page.items) ?? []),
    loaded: result.isSuccess,
    failed: result.isError,
    again: () => result.refetch(),
    more: { there: result.hasNextPage, busy: result.isFetchingNextPage, fetch: () => result.fetchNextPage() },
    retry,
    retryAll,
    dismiss,
  }
}

/** An unreadable mail is a conversation already; only what failed or was not given can be tried again. */
export function canBeRetried(item: InboundItem): boolean {
  return item.state === 'failed' || item.state === 'quarantined'
}
