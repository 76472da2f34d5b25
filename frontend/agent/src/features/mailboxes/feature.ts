import type { Feature } from '@/feature'

/** The mailboxes; their pages lie within the settings. */
export const mailboxes: Feature = {
  routes: [
    { path: 'mailboxes', component: () => import('./pages/MailboxesPage.vue'), meta: { permission: 'mailbox:read' } },
    { path: 'mailboxes/:mailboxId/:section?', name: 'mailbox', component: () => import('./pages/MailboxPage.vue'), meta: { permission: 'mailbox:read' } },
  ],
}
