import '@shared/tokens.css'
import '@shared/base.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { configureClient } from '@shared/api/client'
import App from './App.vue'
import { askToSignInAgain } from './features/session/composables/useSignInAgain'
import { currentLanguage, i18n, setLanguage } from './i18n'
import { queryClient } from './queries'
import { router } from './router'

configureClient({ language: currentLanguage, signedOut: askToSignInAgain })

await setLanguage(document.documentElement.lang === 'en' ? 'en' : 'es')
createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient }).mount('#app')
