import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { Session } from '@shared/api/types'
import { features } from '@/features'
import { sessionQuery } from '@/features/session/composables/useSession'
import ToastHost from '@/features/shell/components/ToastHost.vue'
import { useShortcut, useShortcutListener } from '@/features/shell/composables/useShortcuts'
import { useToasts } from '@/features/shell/composables/useToasts'
import { i18n } from '@/i18n'
import { queryClient } from '@/queries'
import { aSession } from './world'

// Loaded beforehand, so that a lazy page opens at once.
import.meta.glob(['../features/*/pages/*.vue', '../messages/*.ts', '!**/*.spec.ts'], { eager: true })

const Frame = defineComponent({
  setup() {
    const { undo } = useToasts()
    useShortcutListener()
    useShortcut('z', () => void undo())
    return () => [h(RouterView), h(ToastHost)]
  },
})

/** Opens a page of the desk as a signed-in person and lets what it asks for arrive. */
export async function openPage(path: string, session: Session | null = aSession()) {
  useToasts().dismiss()
  document.cookie = 'XSRF-TOKEN=token'
  if (session) queryClient.setQueryData(sessionQuery.queryKey, session)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }, ...features.flatMap((feature) => feature.routes)] })
  await router.push(path)
  await router.isReady()
  const wrapper = mount(Frame, { attachTo: document.body, global: { plugins: [i18n, router, [VueQueryPlugin, { queryClient }]] } })
  await settle()
  return { wrapper, router }
}

/** Until lazy pages, answers and their drawing have come. */
export async function settle(times = 4) {
  for (let i = 0; i < times; i++) {
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Finds a control the way a person or a screen reader does. */
export function byRole(role: string, name: string | RegExp): HTMLElement {
  const found = allByRole(role).find((element) => matches(nameOf(element), name))
  if (!found) throw new Error(`No ${role} named ${String(name)}. There are: ${allByRole(role).map(nameOf).join(' | ')}`)
  return found
}

export function allByRole(role: string): HTMLElement[] {
  const implicit: Record<string, string> = { region: 'section[aria-label]', button: 'button', link: 'a[href]', checkbox: 'input[type=checkbox]', textbox: 'input:not([type=checkbox]):not([type=radio]), textarea', heading: 'h1, h2, h3', combobox: 'select' }
  return [...document.body.querySelectorAll<HTMLElement>(`[role="${role}"]${implicit[role] ? `, ${implicit[role]}` : ''}`)]
}

export function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label') ?? ((element.id || null) && document.querySelector(`label[for="${element.id}"]`)?.textContent) ?? (element.matches('input:not([role])') ? element.closest('label')?.textContent : null)
  const seen = element.cloneNode(true) as HTMLElement
  for (const hidden of seen.querySelectorAll('[aria-hidden="true"]')) hidden.remove()
  return (label || seen.textContent || '').replace(/\s+/g, ' ').trim()
}

function matches(text: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? text === name : name.test(text)
}

export async function click(role: string, name: string | RegExp) {
  byRole(role, name).click()
  await settle()
}

export async function fill(name: string | RegExp, value: string) {
  const field = byRole('textbox', name) as HTMLInputElement
  field.focus()
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await settle(1)
}

export async function press(key: string, options: KeyboardEventInit = {}) {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))
  await settle()
}

export function says(wrapper: VueWrapper): string {
  return (wrapper.element.parentElement ?? document.body).textContent?.replace(/\s+/g, ' ') ?? ''
}
