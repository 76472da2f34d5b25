import { useQuery } from '@tanstack/vue-query'
import { computed, reactive } from 'vue'
import type { Message, Sending } from '@shared/api/types'
import type { DraftState, LetterFields } from './drafts'
import { sendingQuery } from './inboxQueries'
import type { Letter } from './useOutbox'

export const USUAL_UNDO = 5
const HEADERS = 8192

/** To whom a reply goes, as whom and when; what the server takes at most. Only what differs from the usual is sent. */
export function useLetter(ticketId: string, draft: DraftState) {
  const { data: sending } = useQuery(sendingQuery(ticketId))
  const fields = reactive({ to: kept('to'), cc: kept('cc'), bcc: kept('bcc'), senderId: kept('senderId'), signed: kept('signed'), sendAt: kept('sendAt') })

  /** A field that is saved with the draft. */
  function kept<K extends keyof LetterFields>(name: K) {
    return computed<LetterFields[K]>({
      get: () => draft.letter[name],
      set: (value) => {
        draft.letter = { ...draft.letter, [name]: value }
        draft.dirty = true
      },
    })
  }

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

  return { sending, fields, senders, sender, undoSeconds, offered, size, limit, tooLarge, chosen, copy }
}

/** The fields that a letter was made of. */
export function fieldsOf(letter: Letter): LetterFields {
  const typed = (list?: string[] | null) => list?.join(', ') ?? ''
  return { to: typed(letter.to), cc: typed(letter.cc), bcc: typed(letter.bcc), senderId: letter.senderId ?? null, signed: letter.signed ?? true, sendAt: letter.sendAt ?? null }
}

/** How a reply went that was sent earlier, or by somebody else: as much of it as its message tells. */
export function letterOf({ to, cc, from, delivery }: Message, sending?: Sending): Letter {
  const usual = to.join() === sending?.to.join()
  const bcc = (delivery?.recipients ?? []).map((one) => one.address).filter((address) => !to.includes(address) && !cc.includes(address))
  const sender = sending?.senders.findIndex((one) => one.address === from) ?? -1
  return { to: usual ? [] : to, cc, bcc, senderId: sender > 0 ? sending?.senders[sender]?.id : null, sendAt: delivery?.scheduledAt }
}

/** The addresses in a field, however people part them. */
export function addresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '')
}
