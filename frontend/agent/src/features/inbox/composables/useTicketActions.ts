import { useQueryClient } from '@tanstack/vue-query'
import { useI18n } from 'vue-i18n'
import { api } from '@shared/api/client'
import type { PersonRef, TeamRef, TicketRow, TicketStatus } from '@shared/api/types'
import { useExplain } from '@/features/shell/composables/useForm'
import { useToasts } from '@/features/shell/composables/useToasts'
import { admit, currentRow, patchTicket, readAgain, stopReading } from './ticketCache'
import { useNotices } from './useNotices'

export interface Owner {
  person: PersonRef | null
  team: TeamRef | null
}

/** What an agent does to a ticket: shown at once, taken back with its reason if the server refuses. */
export function useTicketActions() {
  const { t } = useI18n()
  const queries = useQueryClient()
  const toasts = useToasts()
  const notices = useNotices()
  const explain = useExplain()

  async function change(id: string, patch: Partial<TicketRow>, send: () => Promise<TicketRow | null>): Promise<boolean> {
    await stopReading(queries, id)
    const putBack = patchTicket(queries, id, patch)
    notices.dismiss(id)
    try {
      const row = await send()
      if (row) patchTicket(queries, id, row)
      return true
    } catch (failure) {
      putBack()
      notices.say(id, explain(failure))
      return false
    } finally {
      readAgain(queries, id)
    }
  }

  async function assign(id: string, owner: Owner, undoable = true) {
    const before = currentRow(queries, id)
    const body = { personId: owner.person?.id ?? null, teamId: owner.team?.id ?? null }
    const done = await change(id, { assignee: owner.person, team: owner.team }, () => api.put<TicketRow>(`/tickets/${id}/assignee`, body))
    if (!done || !undoable || !before) return
    const name = owner.person?.name ?? owner.team?.name
    toasts.show(name ? t('inbox.toast.assigned', { name }) : t('inbox.toast.unassigned'), {
      undo: () => assign(id, { person: before.assignee, team: before.team }, false),
    })
  }

  function setStatus(id: string, status: TicketStatus) {
    return change(id, { status }, () => api.put<TicketRow>(`/tickets/${id}/status`, { status }))
  }

  function setTags(id: string, tags: string[]) {
    return change(id, { tags }, () => api.put<TicketRow>(`/tickets/${id}/tags`, { tags }))
  }

  async function linkOrder(id: string, order: TicketRow['order']) {
    const done = await change(id, { order }, () => api.put<TicketRow>(`/tickets/${id}/order`, { orderId: order?.id ?? null }))
    void queries.invalidateQueries({ queryKey: ['context', id] })
    return done
  }

  /** Answers and cards beside the ticket are of what it was before. */
  async function decide(id: string, send: () => Promise<unknown>, patch: Partial<TicketRow> = {}): Promise<boolean> {
    const done = await change(id, patch, () => send().then(() => null))
    void queries.invalidateQueries({ queryKey: ['context', id] })
    return done
  }

  async function letIn(id: string, address: string) {
    await stopReading(queries, id)
    await queries.cancelQueries({ queryKey: ['context', id] })
    const putBack = admit(queries, id, address)
    const done = await decide(id, () => api.post(`/tickets/${id}/participants`, { address }))
    if (!done) return putBack()
    toasts.show(t('inbox.toast.letIn', { address }))
  }

  async function makeCustomer(id: string, writer: { name: string; address: string }, undoable = true) {
    const before = currentRow(queries, id)?.customer
    const customer = before && { ...before, name: writer.name || writer.address, email: writer.address }
    const done = await decide(id, () => api.put(`/tickets/${id}/customer`, writer), customer && { customer })
    if (!done || !undoable || !before?.email) return
    const undone = { name: before.name, address: before.email }
    toasts.show(t('inbox.toast.customer', { name: writer.name || writer.address }), { undo: () => makeCustomer(id, undone, false) })
  }

  async function trust(id: string) {
    const done = await decide(id, () => api.post(`/tickets/${id}/trust`))
    if (done) toasts.show(t('inbox.toast.trusted'))
    return done
  }

  async function markRead(id: string) {
    if (!currentRow(queries, id)?.unread) return
    patchTicket(queries, id, { unread: false })
    try {
      await api.put(`/tickets/${id}/read`)
      patchTicket(queries, id, { unread: false }) // lists that came meanwhile still said otherwise
    } catch {
      // The next visit says it again.
    }
  }

  return { assign, setStatus, setTags, linkOrder, letIn, makeCustomer, trust, markRead }
}
