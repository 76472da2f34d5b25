import { reactive } from 'vue'
import type { Attachment, DraftLetter } from '@shared/api/types'
import { remember, remembered } from '@/features/shell/composables/localMemory'

export type Mode = 'reply' | 'note'

export interface DraftState {
  text: string
  attachments: Attachment[]
  /** To whom, as whom and when it would go. */
  letter: LetterFields
  /** The newest entry that the writer saw when they began; null before they begin. */
  after: string | null
  /** The server has not confirmed what is here. */
  dirty: boolean
  savedAt: string | null
}

export type LetterFields = Required<DraftLetter>

export const USUAL: LetterFields = { to: '', cc: '', bcc: '', senderId: null, signed: true, sendAt: null }
const EMPTY: DraftState = { text: '', attachments: [], letter: USUAL, after: null, dirty: false, savedAt: null }
const drafts = reactive(new Map<string, DraftState>())

const nameOf = (person: string, ticketId: string, mode: Mode) => `draft.${person}.${ticketId}.${mode}`

/** The draft of one person, ticket and mode, as this browser knows it. */
export function draftOf(person: string, ticketId: string, mode: Mode): DraftState {
  const name = nameOf(person, ticketId, mode)
  if (!drafts.has(name)) drafts.set(name, { ...EMPTY, ...readLocal(name) })
  return drafts.get(name) as DraftState
}

function readLocal(name: string): Partial<DraftState> {
  try {
    return JSON.parse(remembered(name) ?? '{}') as Partial<DraftState>
  } catch {
    return {}
  }
}

export function keepLocally(person: string, ticketId: string, mode: Mode): boolean {
  const draft = draftOf(person, ticketId, mode)
  const empty = isEmpty(draft)
  return remember(nameOf(person, ticketId, mode), empty ? null : JSON.stringify(draft))
}

export function isUsual(letter: LetterFields): boolean {
  return letter.signed && !letter.senderId && !letter.sendAt && `${letter.to}${letter.cc}${letter.bcc}`.trim() === ''
}

export function isEmpty(draft: DraftState): boolean {
  return draft.text === '' && draft.attachments.length === 0 && isUsual(draft.letter)
}

export function clearDraft(draft: DraftState): void {
  Object.assign(draft, { ...EMPTY, attachments: [] })
}

/** Gives a text back to its writer, before whatever they have begun since. */
export function giveBack(person: string, ticketId: string, mode: Mode, given: Pick<DraftState, 'text' | 'attachments' | 'after'>, letter: LetterFields = USUAL): void {
  const { text, attachments, after } = given
  const draft = draftOf(person, ticketId, mode)
  draft.after = after
  draft.text = draft.text.trim() && draft.text !== text ? `${text}\n\n${draft.text}` : text
  draft.attachments = [...attachments, ...draft.attachments.filter((other) => !attachments.some((own) => own.id === other.id))]
  if (isUsual(draft.letter)) draft.letter = stillToCome(letter)
  draft.dirty = true
  keepLocally(person, ticketId, mode)
}

/** A time that has passed is none to wait for. */
export function stillToCome(letter: LetterFields): LetterFields {
  return letter.sendAt && Date.parse(letter.sendAt) <= Date.now() ? { ...letter, sendAt: null } : letter
}

/** Only for specs: the browser forgets what it holds in memory, as after a crash. */
export function forgetDrafts(): void {
  drafts.clear()
}
