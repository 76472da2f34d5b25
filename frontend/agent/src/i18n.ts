import { createI18n } from 'vue-i18n'

export type Language = 'es' | 'en'

type Messages = Record<string, Record<string, unknown>>
const load: Record<Language, () => Promise<{ messages: Messages }>> = {
  es: () => import('./messages/es'),
  en: () => import('./messages/en'),
}

export const i18n = createI18n({ legacy: false, locale: 'es', fallbackLocale: 'es', messages: {} as Record<Language, never>, missingWarn: false, fallbackWarn: false })

export function currentLanguage(): Language {
  return i18n.global.locale.value as Language
}

/** Switches every text, and the language that the page declares to screen readers. */
export async function setLanguage(language: Language): Promise<void> {
  const { messages } = await load[language]()
  i18n.global.setLocaleMessage(language, messages as never)
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
