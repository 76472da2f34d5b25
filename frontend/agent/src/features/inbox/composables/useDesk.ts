import { computed, inject, onBeforeUnmount, provide, ref, shallowRef, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { useToasts } from '@/features/shell/composables/useToasts'
import type { Mode } from './drafts'
import { useTicketActions } from './useTicketActions'
import { useTicketList } from './useTicketList'
import { useQueryClient } from '@tanstack/vue-query'
import { currentRow } from './ticketCache'

/** What the panels of the inbox share: where we are, the list, and what is being done. */
function createDesk() {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const queries = useQueryClient()
  const toasts = useToasts()
  const actions = useTicketActions()
  const view = computed(() => String(route.params.view ?? 'open'))
  const query = computed(() => String(route.query.query ?? ''))
  const ticketId = computed(() => (route.params.ticketId ? String(route.params.ticketId) : null))
  const list = useTicketList(view, query)
  const mode = ref<Mode>('reply')
  /** Somebody asked to write: the composer takes the focus, once. */
  const writing = ref(false)
  const assigning = ref(false)

  function linkTo(id: string | null) {
    return { name: 'inbox', params: { view: view.value, ticketId: id }, query: route.query }
  }

  function open(id: string | null) {
    return router.push(linkTo(id))
  }

  function move(step: 1 | -1) {
    const next = list.neighbour(ticketId.value, step)
    if (next) void router.replace(linkTo(next.id))
  }

  function search(text: string) {
    void router.replace({ ...linkTo(ticketId.value), query: text ? { query: text } : {} })
  }

  function compose(next: Mode) {
    mode.value = next
    writing.value = true
  }

  /** Solves the ticket, goes to the next one and offers the way back. */
  async function resolve(id = ticketId.value) {
    if (!id) return
    const before = currentRow(queries, id)?.status ?? 'open'
    const leave = leaveTicket(id)
    const done = await actions.setStatus(id, 'solved')
    if (!done) return leave.comeBack()
    toasts.show(leave.next ? t('inbox.toast.resolvedNext', { name: leave.next.customer.name }) : t('inbox.toast.resolved'), {
      undo: async () => {
        leave.comeBack()
        await actions.setStatus(id, before)
      },
    })
  }

  function leaveTicket(id: string) {
    const next = list.neighbour(id, 1) ?? list.neighbour(id, -1)
    const stays = ['solved', 'all'].includes(view.value)
    const restore = stays ? () => undefined : list.drop(id)
    if (id === ticketId.value && next && next.id !== id) void router.replace(linkTo(next.id))
    else if (id === ticketId.value && !stays) void router.replace(linkTo(null))
    return {
      next: next?.id === id ? null : next,
      comeBack: () => {
        restore()
        void router.replace(linkTo(id))
      },
    }
  }

  return { view, query, ticketId, list, mode, writing, assigning, actions, linkTo, open, move, search, compose, resolve, leaveTicket }
}

export type Desk = ReturnType<typeof createDesk>

const KEY: InjectionKey<Desk> = Symbol('desk')
const current = shallowRef<Desk | null>(null)

export function provideDesk(): Desk {
  const desk = createDesk()
  provide(KEY, desk)
  current.value = desk
  onBeforeUnmount(() => {
    if (current.value === desk) current.value = null
  })
  return desk
}

export function useDesk(): Desk {
  const desk = inject(KEY)
  if (!desk) throw new Error('The inbox page provides the desk')
  return desk
}

/** The desk on screen, for what lives outside of the inbox. */
export function useCurrentDesk() {
  return current
}
