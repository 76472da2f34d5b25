import { useShortcut } from './useShortcuts'

/** F6 goes round the panels of the screen, in reading order. */
export function useRegions() {
  useShortcut('F6', () => move(1))
  useShortcut('shift+F6', () => move(-1))
}

function move(step: 1 | -1) {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.offsetParent !== null)
  if (regions.length === 0) return
  const here = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(here + step + regions.length) % regions.length]
  const target = next?.querySelector<HTMLElement>('[data-region-focus]') ?? next
  target?.focus()
}
