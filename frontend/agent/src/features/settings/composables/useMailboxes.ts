import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@shared/api/client'
import type { InboundItem, Mailbox, Page } from '@shared/api/types'

export const mailboxesQuery = queryOptions({ queryKey: ['mailboxes'], queryFn: () => api.get<Page<Mailbox>>('/mailboxes') })

export function useMailboxes() {
  const queries = useQueryClient()
  const result = useQuery(mailboxesQuery)
  const changed = () => queries.invalidateQueries({ queryKey: ['mailboxes'] })
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/mailboxes/${id}`), onSettled: changed })
  return { mailboxes: computed(() => result.data.value?.items ?? []), loaded: result.isSuccess, failed: result.isError, retry: () => result.refetch(), changed, remove }
}

/** Mail that arrived and could not be read; nothing is lost, each can be tried again. */
export function useUnreadable() {
  const queries = useQueryClient()
  const result = useQuery({ queryKey: ['inbound', 'troubled'], queryFn: () => api.get<Page<InboundItem>>('/inbound', { query: { state: 'troubled' } }) })
  const retry = useMutation({
    mutationFn: (id: string) => api.post<InboundItem>(`/inbound/${id}/retry`),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['inbound'] }), queries.invalidateQueries({ queryKey: ['mailboxes'] })]),
  })
  return { items: computed(() => result.data.value?.items ?? []), retry }
}
