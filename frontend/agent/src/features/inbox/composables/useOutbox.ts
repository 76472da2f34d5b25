import { useQueryClient } from '@tanstack/vue-query'
import { reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, NetworkError, ProblemError } from '@shared/api/client'
import type { Attachment, ReplyRequest, TicketStatus, TimelineEntry } from '@shared/api/types'
import { useSession } from '@/features/session/composables/useSession'
import { useExplain } from '@/features/shell/composables/useForm'
import { useToasts } from '@/features/shell/composables/useToasts'
import { draftOf, giveBack, isEmpty, keepLocally, type Mode } from './drafts'
import { sendingQuery } from './inboxQueries'
import { patchTicket, putEntry, readAgain } from './ticketCache'
import { fieldsOf, letterOf } from './useLetter'

export interface Outgoing {
  key: string
  ticketId: string
  mode: Mode
  text: string
  attachments: Attachment[]
  status: TicketStatus | null
  after: string | null
  /** To whom, as whom and when, where that is not the usual. */
  letter: Letter
  /** How long its writer may take it back. */
  undoSeconds: number
  at: string
  state: 'sending' | 'waiting' | 'failed'
  error: string | null
  /** What else to take back when the writer takes back the reply. */
  undone?: () => void
}

export type Letter = Pick<ReplyRequest, 'to' | 'cc' | 'bcc' | 'senderId' | 'signed' | 'sendAt'>

export type Outcome = 'sent' | 'newer-message' | 'failed'

const RETRY_AFTER = 4000
const outgoing = reactive<Outgoing[]>([])

/** What left the composer and has no answer of the server yet. Without connection it waits, and goes once. */
export function useOutbox() {
  const { t } = useI18n()
  const queries = useQueryClient()
  const toasts = useToasts()
  const explain = useExplain()
  const { person } = useSession()

  async function send(given: Omit<Outgoing, 'key' | 'at' | 'state' | 'error'>): Promise<Outcome> {
    outgoing.push({ ...given, key: crypto.randomUUID(), at: new Date().toISOString(), state: 'sending', error: null })
    return deliver(outgoing.at(-1) as Outgoing)
  }

  async function deliver(item: Outgoing): Promise<Outcome> {
    item.state = 'sending'
    item.error = null
    const putBack = patchTicket(queries, item.ticketId, expectedRow(item))
    try {
      accepted(item, await post(item))
      return 'sent'
    } catch (failure) {
      putBack()
      if (failure instanceof ProblemError && failure.is('/problems/newer-message')) return newerMessage(item)
      item.state = 'failed'
      item.error = explain(failure)
      return 'failed'
    }
  }

  /** Silence is not refusal: the same intention, with the same key, until somebody answers. */
  async function post(item: Outgoing): Promise<TimelineEntry> {
    for (;;) {
      try {
        return await api.post<TimelineEntry>(`/tickets/${item.ticketId}/${item.mode === 'reply' ? 'replies' : 'notes'}`, bodyOf(item), { key: item.key })
      } catch (failure) {
        if (!(failure instanceof NetworkError)) throw failure
        item.state = 'waiting'
        await connectionOrPause()
      }
    }
  }

  function accepted(item: Outgoing, entry: TimelineEntry) {
    remove(item)
    putEntry(queries, item.ticketId, entry)
    endDraft(item)
    readAgain(queries, item.ticketId)
    if (item.mode === 'reply') offerUndo(item, entry)
  }

  function endDraft(item: Outgoing) {
    const id = person.value?.id
    if (!id) return
    const written = draftOf(id, item.ticketId, item.mode)
    if (!isEmpty(written)) return // already writing the next one
    keepLocally(id, item.ticketId, item.mode)
    void api.delete(`/tickets/${item.ticketId}/draft`, { query: { mode: item.mode } }).catch(() => undefined)
  }

  function offerUndo(item: Outgoing, entry: TimelineEntry) {
    const until = entry.message?.delivery?.cancellableUntil
    if (entry.message?.delivery?.scheduledAt) return void toasts.show(t('inbox.toast.scheduled'), { undo: () => cancel(item.ticketId, entry, item) })
    if (!until) return
    const millis = Math.min(item.undoSeconds * 1000, Math.max(1500, Date.parse(until) - Date.now()))
    toasts.show(t('inbox.toast.sending', { seconds: item.undoSeconds }, item.undoSeconds), { millis, undo: () => cancel(item.ticketId, entry, item) })
  }

  /** Stops a reply that waits to leave, and gives the text back. */
  async function cancel(ticketId: string, entry: TimelineEntry, sent?: Outgoing) {
    try {
      putEntry(queries, ticketId, await api.post<TimelineEntry>(`/tickets/${ticketId}/replies/${entry.id}/cancel`))
      if (person.value && entry.message) giveBack(person.value.id, ticketId, 'reply', { after: null, ...entry.message, ...sent }, fieldsOf(sent?.letter ?? letterOf(entry.message, queries.getQueryData(sendingQuery(ticketId).queryKey))))
      sent?.undone?.()
      toasts.show(t('inbox.toast.cancelled'))
    } catch (failure) {
      toasts.show(failure instanceof ProblemError && failure.is('/problems/already-sent') ? t('inbox.toast.alreadySent') : explain(failure))
    }
    readAgain(queries, ticketId)
  }

  async function retryDelivery(ticketId: string, entry: TimelineEntry) {
    try {
      putEntry(queries, ticketId, await api.post<TimelineEntry>(`/tickets/${ticketId}/replies/${entry.id}/retry`))
    } catch (failure) {
      toasts.show(explain(failure))
    }
    readAgain(queries, ticketId)
  }

  /** Lets a reply that waits for its day leave now, or at another time. */
  async function reschedule(ticketId: string, entry: TimelineEntry, sendAt: string | null) {
    const path = `/tickets/${ticketId}/replies/${entry.id}`
    try {
      putEntry(queries, ticketId, sendAt ? await api.put<TimelineEntry>(`${path}/schedule`, { sendAt }) : await api.post<TimelineEntry>(`${path}/send-now`))
    } catch (failure) {
      toasts.show(explain(failure))
    }
    readAgain(queries, ticketId)
  }

  async function newerMessage(item: Outgoing): Promise<Outcome> {
    backToComposer(item)
    await queries.invalidateQueries({ queryKey: ['ticket', item.ticketId] })
    return 'newer-message'
  }

  function backToComposer(item: Outgoing) {
    remove(item)
    if (person.value) giveBack(person.value.id, item.ticketId, item.mode, item, fieldsOf(item.letter))
  }

  function remove(item: Outgoing) {
    const place = outgoing.findIndex((other) => other.key === item.key)
    if (place >= 0) outgoing.splice(place, 1)
  }

  return { outgoing, send, deliver, cancel, retryDelivery, reschedule, backToComposer }
}

function bodyOf(item: Outgoing): ReplyRequest {
  const attachmentIds = item.attachments.map((file) => file.id)
  if (item.mode === 'note') return { text: item.text, attachmentIds }
  return { text: item.text, attachmentIds, undoSeconds: item.letter.sendAt ? 0 : item.undoSeconds, ...(item.status ? { status: item.status } : {}), ...(item.after ? { after: item.after } : {}), ...item.letter }
}

function expectedRow(item: Outgoing) {
  if (item.mode === 'note') return {}
  return { preview: item.text.slice(0, 140), waitingSince: null, ...(item.status ? { status: item.status } : {}) }
}

function connectionOrPause(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(go, RETRY_AFTER)
    function go() {
      clearTimeout(timer)
      removeEventListener('online', go)
      resolve()
    }
    addEventListener('online', go)
  })
}
