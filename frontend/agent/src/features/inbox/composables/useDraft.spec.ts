import { mount } from '@vue/test-utils'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useFakeServer } from '@/testing/fakeServer'
import { forgetDrafts, USUAL } from './drafts'
import { useDraft } from './useDraft'

describe('a draft', () => {
  const server = useFakeServer()
  beforeEach(() => {
    vi.useFakeTimers()
    forgetDrafts()
    server.on('GET /tickets/t1/draft', null)
    server.on('PUT /tickets/t1/draft', (request) => ({ mode: 'reply', text: request.body.text, attachments: [], savedAt: '2025-11-24T16:42:00Z' }))
    server.on('DELETE /tickets/t1/draft', null)
  })
  afterEach(() => vi.useRealTimers())

  async function write() {
    let use!: ReturnType<typeof useDraft>
    const wrapper = mount(defineComponent({ setup: () => ((use = useDraft('lucia', 't1', 'reply')), () => null) }))
    await flushPromises()
    return { ...use, close: () => wrapper.unmount() }
  }

  const puts = () => server.sent('PUT /tickets/t1/draft')
  const stored = () => JSON.parse(localStorage.getItem('relevo.draft.lucia.t1.reply') ?? 'null') as { text: string } | null

  it('is in the browser half a second after the last key, and on the server after three seconds', async () => {
    const { edit, saved } = await write()
    edit('Hola', 'e1')
    await vi.advanceTimersByTimeAsync(400)
    expect(stored()).toBeNull()

    await vi.advanceTimersByTimeAsync(200)
    expect(stored()?.text).toBe('Hola')
    expect(puts()).toHaveLength(0)

    await vi.advanceTimersByTimeAsync(3000)
    expect(puts().map((request) => request.body.text)).toEqual(['Hola'])
    expect(saved.value).toBe('saved')
  })

  it('goes to the server every three seconds while somebody keeps writing', async () => {
    const { edit } = await write()
    for (const text of ['a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg']) {
      edit(text, null)
      await vi.advanceTimersByTimeAsync(1000)
    }

    expect(puts().map((request) => request.body.text)).toEqual(['abc', 'abcdef'])
  })

  it('keeps to whom it goes before a word is written, here and on the server', async () => {
    const { draft } = await write()
    Object.assign(draft, { letter: { ...USUAL, cc: 'luis@correo.example' }, dirty: true })
    await vi.advanceTimersByTimeAsync(4000)

    expect(puts().map((request) => request.body)).toEqual([{ text: '', attachmentIds: [], letter: { ...USUAL, cc: 'luis@correo.example' } }])
    forgetDrafts()
    expect((await write()).draft.letter.cc).toBe('luis@correo.example')
  })

  it('forgets a time to leave at that has passed', async () => {
    server.on('GET /tickets/t1/draft', { mode: 'reply', text: 'Hola', attachments: [], letter: { ...USUAL, sendAt: '2025-11-24T10:00:00Z' }, savedAt: '2025-11-23T10:00:00Z' })

    expect((await write()).draft.letter).toEqual(USUAL)
  })

  it('comes back after a crash', async () => {
    const first = await write()
    first.edit('Te lo confirmo mañana', null)
    await vi.advanceTimersByTimeAsync(600)
    forgetDrafts() // the tab is gone; the browser's memory stays

    const second = await write()
    expect(second.draft.text).toBe('Te lo confirmo mañana')
  })

  it('brings what was written on another computer', async () => {
    server.on('GET /tickets/t1/draft', { mode: 'reply', text: 'Desde casa', attachments: [], savedAt: '2025-11-24T10:00:00Z' })

    const { draft, saved } = await write()
    expect(draft.text).toBe('Desde casa')
    expect(saved.value).toBe('saved')
  })

  it('does not lose to an older one of the server what never arrived there', async () => {
    const first = await write()
    server.unplug()
    first.edit('Más nuevo', null)
    await vi.advanceTimersByTimeAsync(4000)
    forgetDrafts()
    server.plugIn()
    server.on('GET /tickets/t1/draft', { mode: 'reply', text: 'Viejo', attachments: [], savedAt: '2025-11-24T10:00:00Z' })

    const second = await write()
    expect(second.draft.text).toBe('Más nuevo')
    await vi.advanceTimersByTimeAsync(3100)
    expect(puts().at(-1)?.body.text).toBe('Más nuevo')
  })

  it('says that it is only in this browser while the server is away', async () => {
    server.unplug()
    const { edit, saved } = await write()
    edit('Hola', null)
    await vi.advanceTimersByTimeAsync(4000)

    expect(saved.value).toBe('local')
    expect(stored()?.text).toBe('Hola')
  })

  it('is saved when somebody leaves the ticket', async () => {
    const { edit, close } = await write()
    edit('A medias', null)
    close()
    await vi.advanceTimersByTimeAsync(0)

    expect(stored()?.text).toBe('A medias')
    expect(puts()).toHaveLength(1)
  })

  it('remembers what had been seen when it began, not later', async () => {
    const { edit, draft } = await write()
    edit('H', 'e1')
    edit('Ho', 'e2')

    expect(draft.after).toBe('e1')
  })

  it('ends with nothing late to bring it back', async () => {
    const { edit, finish, draft } = await write()
    edit('Enviado ya', null)
    finish()
    await vi.advanceTimersByTimeAsync(5000)

    expect(draft.text).toBe('')
    expect(puts()).toHaveLength(0)
  })
})
