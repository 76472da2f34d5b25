import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@shared/api/client'
import type { Page, Sender, SenderRequest, Signing } from '@shared/api/types'

/** As whom a mailbox sends. */
export function useSenders(mailbox: string) {
  const queries = useQueryClient()
  const path = `/mailboxes/${mailbox}/senders`
  const result = useQuery({ queryKey: ['mailboxes', mailbox, 'senders'], queryFn: () => api.get<Page<Sender>>(path) })
  const changed = () => queries.invalidateQueries({ queryKey: ['mailboxes', mailbox] })
  const save = (known: Sender | null, sender: SenderRequest) => (known ? api.put<Sender>(`${path}/${known.id}`, sender) : api.post<Sender>(path, sender))
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`${path}/${id}`), onSettled: changed })
  return { senders: computed(() => result.data.value?.items ?? []), loaded: result.isSuccess, failed: result.isError, retry: () => result.refetch(), changed, save, remove }
}

/** Whether the domain of a mailbox signs what it sends, and what its DNS has to say. */
export function useSigning(mailbox: string) {
  const queries = useQueryClient()
  const path = `/mailboxes/${mailbox}/signing`
  const queryKey = ['mailboxes', mailbox, 'signing']
  const result = useQuery({ queryKey, queryFn: () => api.get<Signing>(path) })
  const change = useMutation({ mutationFn: (active: boolean) => api.put<Signing>(path, { active }), onSuccess: (signing) => queries.setQueryData(queryKey, signing) })
  return { signing: result.data, change }
}
