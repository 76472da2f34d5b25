import { Settings } from 'lucide-vue-next'
import type { Feature } from '@/feature'
import { mailboxes } from '@/features/mailboxes/feature'

export const settings: Feature = {
  routes: [
    {
      path: '/settings',
      component: () => import('./pages/SettingsPage.vue'),
      meta: { title: 'settings.title' },
      children: [
        { path: '', name: 'settings', component: () => import('./pages/SettingsStart.vue') },
        ...mailboxes.routes,
        { path: 'templates', component: () => import('./pages/TemplatesPage.vue'), meta: { permission: 'template:manage' } },
        { path: 'shops', component: () => import('./pages/ShopsPage.vue'), meta: { permission: 'shop:manage' } },
        { path: 'people', component: () => import('./pages/PeoplePage.vue'), meta: { permission: 'people:invite' } },
        { path: 'tokens', component: () => import('./pages/TokensPage.vue'), meta: { permission: 'token:manage' } },
        { path: 'profile', component: () => import('./pages/ProfilePage.vue') },
      ],
    },
  ],
  menu: [{ to: '/settings', path: '/settings', label: 'settings.title', icon: Settings }],
  shortcuts: [{ keys: ['G', 'S'], label: 'settings.shortcut.goto' }],
}
