import { onBeforeUnmount, onMounted } from 'vue'
import { usePreferences } from './usePreferences'

type Handler = (event: KeyboardEvent) => void

const handlers = new Map<string, Handler[]>()
const SEQUENCE_WITHIN = 1200
let prefix: { key: string; at: number } | null = null

/** Answers a key while the component is on screen. "g i" is a sequence; "mod+k" works in fields too. */
export function useShortcut(keys: string, handler: Handler) {
  onMounted(() => handlers.set(keys, [...(handlers.get(keys) ?? []), handler]))
  onBeforeUnmount(() => handlers.set(keys, (handlers.get(keys) ?? []).filter((other) => other !== handler)))
}

/** Listens for all of them; once, in the shell. */
export function useShortcutListener() {
  const { singleKeys } = usePreferences()
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const name = nameOf(event)
    if (isFunctionKey(name)) return answer(name, event)
    if (singleKeys.value && !event.ctrlKey && !event.metaKey && !event.altKey && !takesLetters(event.target)) answerLetter(name, event)
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (event.ctrlKey || event.metaKey) return `mod+${key}`
  return event.shiftKey && key.length > 1 ? `shift+${key}` : key
}

function isFunctionKey(name: string): boolean {
  return name.startsWith('mod+') || name.endsWith('F6') || name === 'Escape'
}

function answerLetter(name: string, event: KeyboardEvent) {
  const inTime = prefix && event.timeStamp - prefix.at < SEQUENCE_WITHIN
  const sequence = inTime && prefix ? `${prefix.key} ${name}` : null
  prefix = null
  if (sequence && handlers.get(sequence)?.length) return answer(sequence, event)
  if ([...handlers.keys()].some((keys) => keys.startsWith(`${name} `) && handlers.get(keys)?.length)) prefix = { key: name, at: event.timeStamp }
  answer(name, event)
}

function answer(name: string, event: KeyboardEvent) {
  const last = handlers.get(name)?.at(-1)
  if (!last) return
  if (name !== 'Escape') event.preventDefault()
  last(event)
}

function takesLetters(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"], .pop') !== null
}
