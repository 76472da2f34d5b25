import { onBeforeUnmount, ref, watch } from 'vue'
import { api } from '@shared/api/client'
import type { Draft } from '@shared/api/types'
import { clearDraft, draftOf, isEmpty as nothingIn, isUsual, keepLocally, stillToCome, USUAL, type Mode } from './drafts'

export type Saved = 'empty' | 'editing' | 'local' | 'saved'

const LOCAL_AFTER = 500
const SERVER_AFTER = 3000

/** Keeps a draft through crashes and sign-outs: in the browser on each pause, on the server every three seconds. */
export function useDraft(person: string, ticketId: string, mode: Mode) {
  const draft = draftOf(person, ticketId, mode)
  const saved = ref<Saved>(!nothingIn(draft) ? 'local' : 'empty')
  const path = `/tickets/${ticketId}/draft`
  let localTimer: ReturnType<typeof setTimeout> | undefined
  let serverTimer: ReturnType<typeof setTimeout> | undefined

  watch([() => draft.text, () => draft.attachments.map((file) => file.id).join(), () => draft.letter], changed)
  void restore()

  function changed() {
    if (isEmpty()) saved.value = 'empty'
    else if (draft.dirty) saved.value = 'editing'
    clearTimeout(localTimer)
    localTimer = setTimeout(saveLocally, LOCAL_AFTER)
    if (draft.dirty) serverTimer ??= setTimeout(saveOnServer, SERVER_AFTER)
  }

  /** A person's own change; restoring and sending are not. */
  function edit(text: string, newest: string | null) {
    if (isEmpty()) draft.after = newest
    draft.dirty = true
    draft.text = text
  }

  function saveLocally() {
    const kept = keepLocally(person, ticketId, mode)
    if (kept && saved.value === 'editing') saved.value = 'local'
  }

  async function saveOnServer() {
    serverTimer = undefined
    if (!draft.dirty) return
    draft.dirty = false
    try {
      if (isEmpty()) await api.delete(path, { query: { mode } })
      else await put()
    } catch {
      draft.dirty = true // kept in this browser, and sent with the next change
      keepLocally(person, ticketId, mode)
    }
  }

  async function put() {
    const body = { text: draft.text, attachmentIds: draft.attachments.map((file) => file.id), ...(isUsual(draft.letter) ? {} : { letter: draft.letter }) }
    const answer = await api.put<Draft>(path, body, { query: { mode } })
    draft.savedAt = answer.savedAt
    if (!draft.dirty && !isEmpty()) saved.value = 'saved'
    keepLocally(person, ticketId, mode)
  }

  /** What was written elsewhere counts, unless something here never reached the server. */
  async function restore() {
    const before = draft.text
    const remote = await api.get<Draft | null>(path, { query: { mode } }).catch(() => null)
    if (draft.dirty || draft.text !== before) {
      if (draft.dirty) serverTimer ??= setTimeout(saveOnServer, SERVER_AFTER)
      return
    }
    if (remote) Object.assign(draft, { text: remote.text, attachments: remote.attachments, letter: stillToCome({ ...USUAL, ...remote.letter }), savedAt: remote.savedAt })
    if (remote?.text) saved.value = 'saved'
  }

  /** The text goes on its way: this draft ends, and nothing late may bring it back. */
  function finish() {
    stop()
    clearDraft(draft)
    saved.value = 'empty'
  }

  function stop() {
    clearTimeout(localTimer)
    clearTimeout(serverTimer)
    serverTimer = undefined
  }

  function isEmpty() {
    return nothingIn(draft)
  }

  onBeforeUnmount(() => {
    stop()
    keepLocally(person, ticketId, mode)
    if (draft.dirty) void saveOnServer()
  })

  return { draft, saved, edit, finish }
}
