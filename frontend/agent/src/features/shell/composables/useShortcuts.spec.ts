import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { usePreferences } from './usePreferences'
import { useShortcut, useShortcutListener } from './useShortcuts'

describe('the keys', () => {
  const pressed: string[] = []
  afterEach(() => {
    pressed.length = 0
    usePreferences().singleKeys.value = true
  })

  function desk(...keys: string[]) {
    const Desk = defineComponent({
      setup() {
        useShortcutListener()
        for (const key of keys) useShortcut(key, () => pressed.push(key))
        return () => [h('input'), h('div', { role: 'menu', tabindex: 0 })]
      },
    })
    return mount(Desk, { attachTo: document.body })
  }

  const press = (key: string, options: KeyboardEventInit = {}, target: Element = document.body) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options })
    target.dispatchEvent(event)
    return event
  }

  it('answer a single letter, and keep the browser from answering it too', () => {
    desk('r')
    expect(press('r').defaultPrevented).toBe(true)
    expect(pressed).toEqual(['r'])
  })

  it('leave letters alone in fields and menus', () => {
    const wrapper = desk('r')
    press('r', {}, wrapper.find('input').element)
    press('r', {}, wrapper.find('[role=menu]').element)
    expect(pressed).toEqual([])
  })

  it('leave the browser its own combinations', () => {
    desk('r')
    expect(press('r', { ctrlKey: true }).defaultPrevented).toBe(false)
    press('r', { altKey: true })
    expect(pressed).toEqual([])
  })

  it('answer Ctrl and Cmd in fields too', () => {
    const wrapper = desk('mod+k')
    press('k', { ctrlKey: true }, wrapper.find('input').element)
    press('k', { metaKey: true })
    expect(pressed).toEqual(['mod+k', 'mod+k'])
  })

  it('take G and then I as one', () => {
    desk('g i', 'i')
    press('g')
    press('i')
    press('i')
    expect(pressed).toEqual(['g i', 'i'])
  })

  it('stay silent when a person switched them off, but for Ctrl and F6', () => {
    usePreferences().singleKeys.value = false
    desk('r', 'mod+k', 'F6')
    press('r')
    press('k', { ctrlKey: true })
    press('F6')
    expect(pressed).toEqual(['mod+k', 'F6'])
  })

  it('ask the newest that listens', () => {
    desk('e')
    const dialog = mount(defineComponent({ setup: () => (useShortcut('e', () => pressed.push('dialog')), () => null) }))
    press('e')
    dialog.unmount()
    press('e')
    expect(pressed).toEqual(['dialog', 'e'])
  })
})
