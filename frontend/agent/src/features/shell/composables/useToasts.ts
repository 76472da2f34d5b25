import { ref } from 'vue'

export interface Toast {
  id: number
  text: string
  undo?: () => void | Promise<void>
  /** How long it stays; undo of a reply ends when the reply leaves. */
  millis: number
}

const STAY = 8000
const current = ref<Toast | null>(null)
let count = 0

/** One notice at a time, with undo inside. Errors that need action never come here. */
export function useToasts() {
  function show(text: string, options: { undo?: Toast['undo']; millis?: number } = {}) {
    current.value = { id: ++count, text, undo: options.undo, millis: options.millis ?? STAY }
    return current.value.id
  }

  function dismiss(id?: number) {
    if (id === undefined || current.value?.id === id) current.value = null
  }

  /** Takes back the last action that can be taken back. */
  async function undo() {
    const action = current.value?.undo
    if (!action) return
    current.value = null
    await action()
  }

  return { current, show, dismiss, undo }
}
