import { computed, type Ref } from 'vue'
import type { Ticket, TimelineEntry } from '@shared/api/types'
import { useSession } from '@/features/session/composables/useSession'
import { useDesk } from './useDesk'
import { USUAL } from './drafts'
import { useDraft } from './useDraft'
import { useLetter } from './useLetter'
import { useOutbox } from './useOutbox'

/** What the composer does with a text: keep it, send it, and stop when somebody answered first. */
export function useComposer(ticket: Ref<Ticket>, timeline: Ref<TimelineEntry[]>) {
  const desk = useDesk()
  const { person } = useSession()
  const outbox = useOutbox()
  const mode = desk.mode.value
  const me = person.value?.id ?? 'nobody'
  const { draft, saved, edit, finish } = useDraft(me, ticket.value.id, mode)
  const letter = useLetter(ticket.value.id, draft)
  const newest = computed(() => timeline.value.at(-1)?.id ?? null)
  const empty = computed(() => draft.text.trim() === '' && draft.attachments.length === 0)

  /** The reply of a colleague that came after this draft began. */
  const collision = computed(() => {
    if (mode !== 'reply' || !draft.after || empty.value) return null
    const start = timeline.value.findIndex((entry) => entry.id === draft.after)
    const later = start < 0 ? [] : timeline.value.slice(start + 1)
    return later.findLast((entry) => entry.kind === 'reply' && entry.actor.id !== me && entry.message?.delivery?.state !== 'cancelled') ?? null
  })

  const text = computed({ get: () => draft.text, set: (value) => edit(value, newest.value) })

  /** False when something has to be read first. */
  async function submit(andResolve = false): Promise<boolean> {
    if (empty.value) return true
    if (collision.value) return false
    const sent = { text: draft.text, attachments: [...draft.attachments], after: draft.after ?? newest.value, letter: letter.chosen(), undoSeconds: letter.undoSeconds.value }
    finish()
    const id = ticket.value.id
    const before = ticket.value.status
    const leave = andResolve ? desk.leaveTicket(id) : null
    const undone = leave ? () => (leave.comeBack(), void desk.actions.setStatus(id, before)) : undefined
    const outcome = await outbox.send({ ticketId: id, mode, ...sent, status: andResolve ? 'solved' : null, undone })
    if (outcome !== 'sent') leave?.comeBack()
    return outcome !== 'newer-message'
  }

  function sendAnyway(andResolve = false) {
    draft.after = newest.value
    return submit(andResolve)
  }

  function discard() {
    draft.dirty = true
    draft.text = ''
    draft.attachments = []
    draft.letter = USUAL
  }

  return { mode, draft, text, saved, empty, collision, letter, submit, sendAnyway, discard }
}
