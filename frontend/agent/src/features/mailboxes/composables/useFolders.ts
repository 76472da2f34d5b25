import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { api } from '@shared/api/client'
import type { Mailbox, MailboxFolder, Page } from '@shared/api/types'
import { useExplain, useForm } from '@/features/shell/composables/useForm'
import { mailboxesQuery } from './useMailboxes'
import { requestFor } from './useMailboxForm'

/** The folders at the server and which of them are read. */
export function useFolders(mailbox: Mailbox, saved: () => unknown) {
  const queries = useQueryClient()
  const explain = useExplain()
  const chosen = ref<string[]>([...mailbox.folders])
  const result = useQuery({ queryKey: ['mailbox-folders', mailbox.id], queryFn: () => api.get<Page<MailboxFolder>>(`/mailboxes/${mailbox.id}/folders`), retry: false, staleTime: 0 })
  const found = computed(() => result.data.value?.items ?? [])
  const lost = computed<MailboxFolder[]>(() =>
    mailbox.folders.filter((name) => found.value.every((folder) => folder.name !== name)).map((name) => ({ name, role: 'none', read: true, offered: true })),
  )
  const problem = computed(() => (result.error.value ? explain(result.error.value) : null))
  watch(() => mailbox.folders, (folders) => (chosen.value = [...folders]))

  const save = useForm(async () => {
    await api.put<Mailbox>(`/mailboxes/${mailbox.id}`, { ...requestFor(mailbox), folders: chosen.value })
    await queries.invalidateQueries({ queryKey: mailboxesQuery.queryKey })
    saved()
  })
  return { chosen, found, lost, problem, loaded: result.isSuccess, retry: () => result.refetch(), save }
}
