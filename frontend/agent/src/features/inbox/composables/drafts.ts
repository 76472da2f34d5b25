import { reactive } from 'vue'
import type { Attachment } from '@shared/api/types'
import { remember, remembered } from '@/features/shell/composables/localMemory'

export type Mode = 'reply' | 'note'

export interface DraftState {
  text: string
  attachments: Attachment[]
  /** The newest entry that the writer saw when they began; null before they begin. */
  after: string | null
  /** The server has not confirmed what is here. */
  dirty: boolean
  savedAt: string | null
}

const EMPTY: DraftState = { text: '', attachments: [], after: null, dirty: false, savedAt: null }
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
  const empty = draft.text === '' && draft.attachments.length === 0
  return remember(nameOf(person, ticketId, mode), empty ? null : JSON.stringify(draft))
}

export function clearDraft(draft: DraftState): void {
  Object.assign(draft, { ...EMPTY, attachments: [] })
}

/** Gives a text back to its writer, before whatever they have begun since. */
export function giveBack(person: string, ticketId: string, mode: Mode, given: Pick<DraftState, 'text' | 'attachments' | 'after'>): void {
  const { text, attachments, after } = given
  const draft = draftOf(person, ticketId, mode)
  draft.after = after
  draft.text = draft.text.trim() && draft.text !== text ? `${text}\n\n${draft.text}` : text
  draft.attachments = [...attachments, ...draft.attachments.filter((other) => !attachments.some((own) => own.id === other.id))]
  draft.dirty = true
  keepLocally(person, ticketId, mode)
}

/** Only for specs: the browser forgets what it holds in memory, as after a crash. */
export function forgetDrafts(): void {
  drafts.clear()
}
