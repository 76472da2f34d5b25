import type { Feature } from '@/feature'
import UnreachablePage from './pages/UnreachablePage.vue'

export const shell: Feature = {
  routes: [
    { path: '/no-access', name: 'no-access', component: () => import('./pages/NoAccessPage.vue'), meta: { title: 'shell.noAccess.title' } },
    { path: '/unreachable', name: 'unreachable', component: UnreachablePage, meta: { open: true, bare: true, title: 'shell.unreachable.title' } },
  ],
  shortcuts: [
    { keys: ['Ctrl', 'K'], label: 'shell.shortcut.palette' },
    { keys: ['/'], label: 'shell.shortcut.search' },
    { keys: ['Z'], label: 'shell.shortcut.undo' },
    { keys: ['F6'], label: 'shell.shortcut.region' },
    { keys: ['Esc'], label: 'shell.shortcut.escape' },
    { keys: ['?'], label: 'shell.shortcut.sheet' },
  ],
}
