import { computed, ref, watch } from 'vue'
import { api } from '@shared/api/client'
import type { Session } from '@shared/api/types'
import { currentLanguage, setLanguage, type Language } from '@/i18n'
import { remember, remembered } from './localMemory'

export type Theme = Session['person']['theme']

const theme = ref<Theme>((remembered('theme') as Theme | null) ?? 'system')
const singleKeys = ref(remembered('single-keys') !== 'off')
const viewsHidden = ref(remembered('views-hidden') === 'on')
const panelHidden = ref(remembered('panel-hidden') === 'on')
const systemDark = matchMedia('(prefers-color-scheme: dark)')
let signedIn = false

watch(theme, (value) => remember('theme', value))
watch(singleKeys, (value) => remember('single-keys', value ? 'on' : 'off'))
watch(viewsHidden, (value) => remember('views-hidden', value ? 'on' : 'off'))
watch(panelHidden, (value) => remember('panel-hidden', value ? 'on' : 'off'))
watch(theme, paint)
systemDark.addEventListener('change', paint)

function isDark(): boolean {
  return theme.value === 'dark' || (theme.value === 'system' && systemDark.matches)
}

function paint() {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light'
}

/** What the browser remembers about how somebody likes to work; theme and language also travel with the person. */
export function usePreferences() {
  const language = computed(() => currentLanguage())
  return { theme, singleKeys, viewsHidden, panelHidden, language, chooseTheme, chooseLanguage, switchTheme }
}

export function applySession(session: Session): void {
  signedIn = true
  theme.value = session.person.theme
  if (session.person.locale !== currentLanguage()) void speak(session.person.locale)
}

async function chooseTheme(value: Theme) {
  theme.value = value
  await tellServer({ theme: value })
}

function switchTheme() {
  return chooseTheme(isDark() ? 'light' : 'dark')
}

async function chooseLanguage(value: Language) {
  await speak(value)
  await tellServer({ locale: value })
}

async function speak(value: Language) {
  remember('language', value)
  await setLanguage(value)
}

/** The choice already counts here; if the server misses it, only other browsers do. */
async function tellServer(change: { theme?: Theme; locale?: Language }) {
  if (signedIn) await api.patch('/me', change).catch(() => undefined)
}
