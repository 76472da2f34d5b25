import type { Feature } from '@/feature'

export const setup: Feature = {
  routes: [{ path: '/setup', name: 'setup', component: () => import('./pages/SetupPage.vue'), meta: { open: true, bare: true, title: 'setup.title' } }],
}
