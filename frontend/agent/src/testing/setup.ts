import { afterEach, beforeEach } from 'vitest'
import { setLanguage } from '@/i18n'
import { queryClient } from '@/queries'

// A screen of a working size: happy-dom lays nothing out, and the list shows only what fits.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 720 })
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 328 })

beforeEach(async () => {
  localStorage.clear()
  await setLanguage('es')
})

afterEach(() => {
  queryClient.clear()
  document.body.innerHTML = ''
})
