import { Inbox } from 'lucide-vue-next'
import type { Feature } from '@/feature'

export const inbox: Feature = {
  routes: [
    { path: '/inbox', redirect: '/inbox/open' },
    { path: '/inbox/:view/:ticketId?', name: 'inbox', component: () => import('./pages/InboxPage.vue'), meta: { title: 'inbox.title', permission: 'ticket:read' } },
  ],
  menu: [{ to: '/inbox', path: '/inbox', label: 'inbox.title', icon: Inbox }],
  shortcuts: [
    { keys: ['J'], label: 'inbox.shortcut.next' },
    { keys: ['K'], label: 'inbox.shortcut.previous' },
    { keys: ['Enter'], label: 'inbox.shortcut.open' },
    { keys: ['R'], label: 'inbox.shortcut.reply' },
    { keys: ['N'], label: 'inbox.shortcut.note' },
    { keys: ['A'], label: 'inbox.shortcut.assign' },
    { keys: ['E'], label: 'inbox.shortcut.resolve' },
    { keys: ['Ctrl', '↵'], label: 'inbox.shortcut.send' },
    { keys: ['Ctrl', '⇧', '↵'], label: 'inbox.shortcut.sendAndResolve' },
    { keys: ['['], label: 'inbox.shortcut.views' },
    { keys: [']'], label: 'inbox.shortcut.panel' },
    { keys: ['G', 'I'], label: 'inbox.shortcut.goto' },
  ],
}
