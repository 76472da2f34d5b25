import type { Permission } from '@/features/session/composables/useSession'

export interface Place {
  path: string
  label: string
  permission?: Permission
}

/** The pages of the settings, in the order of their menu. */
export const settingsPlaces: Place[] = [
  { path: '/settings/mailboxes', label: 'mailboxes.title', permission: 'mailbox:read' },
  { path: '/settings/templates', label: 'settings.templates.title', permission: 'template:manage' },
  { path: '/settings/shops', label: 'settings.shops.title', permission: 'shop:manage' },
  { path: '/settings/people', label: 'settings.people.title', permission: 'people:invite' },
  { path: '/settings/tokens', label: 'settings.tokens.title', permission: 'token:manage' },
  { path: '/settings/profile', label: 'settings.profile.title' },
]
