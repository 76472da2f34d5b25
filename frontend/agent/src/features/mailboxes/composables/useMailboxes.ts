import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '@shared/api/client'
import type { Mailbox, Page } from '@shared/api/types'
import { useSession } from '@/features/session/composables/useSession'
import { useNow } from '@/features/shell/composables/useNow'
import { needsAttention } from './condition'

export const mailboxesQuery = queryOptions({ queryKey: ['mailboxes'], queryFn: () => api.get<Page<Mailbox>>('/mailboxes') })

/** Live events tell what is news; the times of contacts and tries are none, so a page that shows them looks again. */
const LOOK_AGAIN = 15_000

export function useMailboxes() {
  const queries = useQueryClient()
  const result = useQuery({ ...mailboxesQuery, refetchInterval: LOOK_AGAIN })
  const changed = () => queries.invalidateQueries({ queryKey: mailboxesQuery.queryKey })
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/mailboxes/${id}`), onSettled: changed })
  return { mailboxes: computed(() => result.data.value?.items ?? []), loaded: result.isSuccess, failed: result.isError, retry: () => result.refetch(), changed, remove }
}

export function useMailbox(id: Ref<string>) {
  const all = useMailboxes()
  return { ...all, mailbox: computed(() => all.mailboxes.value.find((mailbox) => mailbox.id === id.value) ?? null) }
}

/** The mailboxes that somebody should look at, for whoever may; nobody else asks. */
export function useTroubledMailboxes() {
  const { can } = useSession()
  const now = useNow()
  const { data } = useQuery({ ...mailboxesQuery, enabled: computed(() => can('mailbox:read')) })
  return computed(() => (can('mailbox:read') ? (data.value?.items ?? []).filter((mailbox) => needsAttention(mailbox, Math.max(now.value, Date.now()))) : []))
}
