import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach } from 'vitest'
import { setLanguage } from '@/i18n'
import { queryClient } from '@/queries'

// A screen of a working size: happy-dom lays nothing out, and the list shows only what fits.
for (const [property, pixels] of [['clientHeight', 720], ['clientWidth', 328]] as const) {
  Object.defineProperty(ownerOf(property), property, { configurable: true, get: () => pixels })
}
const { happyDOM } = window as unknown as { happyDOM: { setViewport(size: object): void } }
happyDOM.setViewport({ width: 1440, height: 900 })

function ownerOf(property: string): object {
  let owner: object = document.createElement('div')
  while (!Object.hasOwn(owner, property)) owner = Object.getPrototypeOf(owner) as object
  return owner
}

beforeEach(async () => {
  localStorage.clear()
  await setLanguage('es')
})

enableAutoUnmount(afterEach)
afterEach(() => queryClient.clear())
