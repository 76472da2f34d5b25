import { useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { onBeforeUnmount, onMounted, ref } from 'vue'
import { connectLive, type LiveState } from '@shared/api/live'
import type { LiveEvent } from '@shared/api/types'
import { askToSignInAgain } from '@/features/session/composables/useSignInAgain'

const state = ref<LiveState>('connecting')
const offline = ref(false)
const OFFLINE_AFTER = 1500

/** Whether what is on screen is what happens. */
export function useLiveState() {
  return { state, offline }
}

/** Listens to the server while the shell is on screen, and says which answers are out of date. */
export function useLive() {
  const queries = useQueryClient()
  const refresh = coalesced((key) => void queries.invalidateQueries({ queryKey: JSON.parse(key) as unknown[] }))
  let connection: ReturnType<typeof connectLive> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  function became(next: LiveState) {
    state.value = next
    if (next === 'open' || next === 'signed-out') {
      clearTimeout(silence)
      silence = undefined
      offline.value = false
    } else silence ??= setTimeout(() => (offline.value = true), OFFLINE_AFTER)
    if (next === 'signed-out') void askToSignInAgain().then((again) => again && connection?.reconnect())
  }

  const wake = () => connection?.reconnect()
  const lose = () => (offline.value = true)
  onMounted(() => {
    connection = connectLive({ event: (event) => staleAfter(event).forEach((key) => refresh(JSON.stringify(key))), reset: () => refetchAll(queries), state: became })
    addEventListener('online', wake)
    addEventListener('offline', lose)
  })
  onBeforeUnmount(() => {
    clearTimeout(silence)
    connection?.close()
    removeEventListener('online', wake)
    removeEventListener('offline', lose)
  })
}

function refetchAll(queries: QueryClient) {
  void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
}

/** What changes who the customer is, which orders are shown, or who waits to be let in. */
const CONTEXT = new Set<NonNullable<LiveEvent['entryKind']>>(['message-received', 'order-linked', 'customer-changed', 'participant-added', 'sender-trusted'])

/** Which answers of the server an event makes old. */
export function staleAfter(event: LiveEvent): unknown[][] {
  const id = event.subjectId
  switch (event.kind) {
    case 'ticket':
      if (event.entryKind === 'delivery') return [['ticket', id], ['tickets']]
      if (event.entryKind === 'read') return [['tickets'], ['views']]
      return [['ticket', id], ['tickets'], ['views'], ...(event.entryKind && CONTEXT.has(event.entryKind) ? [['context', id]] : [])]
    case 'mailbox':
      return [['mailboxes'], ['inbound']]
    case 'shop':
      return [['shops'], ['context']]
    case 'people':
      return [['people'], ['teams'], ['views']]
  }
}

/** A storm of events asks for each answer at most twice a second: at once, and when it calms. */
function coalesced(run: (key: string) => void, millis = 500) {
  const waiting = new Map<string, boolean>()
  return function ask(key: string) {
    if (waiting.has(key)) {
      waiting.set(key, true)
      return
    }
    run(key)
    waiting.set(key, false)
    setTimeout(() => {
      const again = waiting.get(key)
      waiting.delete(key)
      if (again) ask(key)
    }, millis)
  }
}
