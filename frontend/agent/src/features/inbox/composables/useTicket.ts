import { useQuery } from '@tanstack/vue-query'
import { computed, reactive, ref, watch, type Ref } from 'vue'
import { api } from '@shared/api/client'
import type { Page, TimelineEntry } from '@shared/api/types'
import { ticketQuery } from './inboxQueries'

/** One ticket with its conversation, as far back as somebody asked for. */
export function useTicket(id: Ref<string>) {
  const query = useQuery(computed(() => ticketQuery(id.value)))
  const seen = reactive(new Map<string, TimelineEntry>())
  const earlier = ref<string | null>(null)
  const loadingEarlier = ref(false)

  watch(id, () => {
    seen.clear()
    earlier.value = null
  })
  watch(
    query.data,
    (ticket) => {
      if (!ticket || ticket.id !== id.value) return
      if (seen.size === 0) earlier.value = ticket.earlier
      for (const entry of ticket.timeline) seen.set(entry.id, entry)
    },
    { immediate: true },
  )

  const timeline = computed(() => [...seen.values()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at)))

  async function loadEarlier() {
    if (!earlier.value || loadingEarlier.value) return
    const ticket = id.value
    loadingEarlier.value = true
    try {
      const page = await api.get<Page<TimelineEntry>>(`/tickets/${ticket}/timeline`, { query: { before: earlier.value } })
      if (ticket !== id.value) return
      for (const entry of page.items) seen.set(entry.id, entry)
      earlier.value = page.next
    } finally {
      loadingEarlier.value = false
    }
  }

  return { ticket: query.data, error: query.error, refetch: query.refetch, timeline, earlier, loadingEarlier, loadEarlier }
}
