import { queryOptions, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api } from '@shared/api/client'
import type { HandlingRequest, MailboxHandling } from '@shared/api/types'

const handlingQuery = (id: string) => queryOptions({ queryKey: ['mailbox-handling', id], queryFn: () => api.get<MailboxHandling>(`/mailboxes/${id}/handling`), staleTime: 0 })

/** Whose word about senders counts, and what writers are told. Saving one leaves the other as the server has it. */
export function useHandling(id: string) {
  const queries = useQueryClient()
  const result = useQuery(handlingQuery(id))

  async function save(change: Partial<HandlingRequest>): Promise<MailboxHandling> {
    const { trustedServers, acknowledgement } = await queries.fetchQuery(handlingQuery(id))
    const now = await api.put<MailboxHandling>(`/mailboxes/${id}/handling`, { trustedServers, acknowledgement, ...change })
    queries.setQueryData(handlingQuery(id).queryKey, now)
    return now
  }
  return { handling: result.data, failed: result.isError, retry: () => result.refetch(), save }
}
