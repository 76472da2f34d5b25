import { useQuery } from '@tanstack/vue-query'
import { computed, reactive } from 'vue'
import type { DraftState } from './drafts'
import { sendingQuery } from './inboxQueries'
import type { Letter } from './useOutbox'

export const USUAL_UNDO = 5
const HEADERS = 8192

/** To whom a reply goes, as whom and when; what the server takes at most. Only what differs from the usual is sent. */
export function useLetter(ticketId: string, draft: DraftState) {
  const { data: sending } = useQuery(sendingQuery(ticketId))
  const fields = reactive({ to: '', cc: '', bcc: '', senderId: null as string | null, signed: true, sendAt: null as string | null })

  const senders = computed(() => sending.value?.senders ?? [])
  const sender = computed(() => senders.value.find((one) => one.id === fields.senderId) ?? senders.value[0] ?? null)
  const undoSeconds = computed(() => sending.value?.undoSeconds ?? USUAL_UNDO)
  const offered = computed(() => (sending.value?.offered ?? []).filter((address) => !addresses(fields.cc).includes(address) && !addresses(fields.to).includes(address)))

  /** What the mail weighs on the line: files a third more than on the disk. */
  const size = computed(() => HEADERS + draft.text.length + draft.attachments.reduce((sum, file) => sum + Math.ceil((file.size * 78) / 57) + 512, 0))
  const limit = computed(() => sending.value?.largestMail ?? null)
  const tooLarge = computed(() => limit.value !== null && size.value > limit.value)

  function chosen(): Letter {
    const letter: Letter = {}
    if (addresses(fields.to).length) letter.to = addresses(fields.to)
    if (addresses(fields.cc).length) letter.cc = addresses(fields.cc)
    if (addresses(fields.bcc).length) letter.bcc = addresses(fields.bcc)
    if (fields.senderId) letter.senderId = fields.senderId
    if (!fields.signed) letter.signed = false
    if (fields.sendAt) letter.sendAt = fields.sendAt
    return letter
  }

  function copy(address: string) {
    fields.cc = [...addresses(fields.cc), address].join(', ')
  }

  function reset() {
    Object.assign(fields, { to: '', cc: '', bcc: '', senderId: null, signed: true, sendAt: null })
  }

  return { sending, fields, senders, sender, undoSeconds, offered, size, limit, tooLarge, chosen, copy, reset }
}

/** The addresses in a field, however people part them. */
export function addresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '')
}
