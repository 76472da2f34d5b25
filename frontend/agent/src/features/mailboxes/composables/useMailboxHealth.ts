import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref } from 'vue'
import { api } from '@shared/api/client'
import type { MailboxHappening, MailboxHealth, Page } from '@shared/api/types'

const LOOK_AGAIN = 15_000
const WHILE_COMPARING = 1500
const PATIENCE = 60_000

/** How a mailbox is doing in figures, and the comparison with its server, which takes the time it takes. */
export function useMailboxHealth(id: string) {
  const queries = useQueryClient()
  const state = ref<'idle' | 'comparing' | 'asked'>('idle')
  let before: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const result = useQuery({
    queryKey: ['mailboxes', id, 'health'],
    queryFn: async () => arrived(await api.get<MailboxHealth>(`/mailboxes/${id}/health`)),
    refetchInterval: () => (state.value === 'comparing' ? WHILE_COMPARING : LOOK_AGAIN),
  })

  function arrived(health: MailboxHealth) {
    if (state.value !== 'idle' && health.sweptAt !== before) end('idle')
    return health
  }

  function end(next: 'idle' | 'asked') {
    state.value = next
    clearTimeout(timer)
  }

  const compare = useMutation({
    mutationFn: () => {
      before = result.data.value?.sweptAt ?? null
      return api.post(`/mailboxes/${id}/sweep`)
    },
    onSuccess: () => {
      state.value = 'comparing'
      clearTimeout(timer)
      timer = setTimeout(() => end('asked'), PATIENCE)
      void queries.invalidateQueries({ queryKey: ['mailboxes', id] })
    },
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return { health: result.data, failed: result.isError, retry: () => result.refetch(), compare, state }
}

/** The last happenings of a mailbox, newest first. */
export function useMailboxLog(id: string) {
  const result = useQuery({ queryKey: ['mailboxes', id, 'log'], queryFn: () => api.get<Page<MailboxHappening>>(`/mailboxes/${id}/log`), refetchInterval: LOOK_AGAIN })
  return { happenings: computed(() => result.data.value?.items ?? []), loaded: result.isSuccess, failed: result.isError, retry: () => result.refetch() }
}
