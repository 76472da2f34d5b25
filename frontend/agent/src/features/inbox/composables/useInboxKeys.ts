import { useSession } from '@/features/session/composables/useSession'
import { useShortcut } from '@/features/shell/composables/useShortcuts'
import type { Desk } from './useDesk'

/** The keys of the inbox. Each one is also a control on the screen. */
export function useInboxKeys(desk: Desk, toggles: { toggleViews(): void; togglePanel(): void }) {
  const { can } = useSession()
  const onTicket = (run: () => void) => () => desk.ticketId.value && run()

  useShortcut('j', () => desk.move(1))
  useShortcut('k', () => desk.move(-1))
  useShortcut('r', onTicket(() => can('ticket:reply') && desk.compose('reply')))
  useShortcut('n', onTicket(() => can('ticket:note') && desk.compose('note')))
  useShortcut('a', onTicket(() => (desk.assigning.value = can('ticket:assign'))))
  useShortcut('e', onTicket(() => can('ticket:status') && void desk.resolve()))
  useShortcut('[', toggles.toggleViews)
  useShortcut(']', toggles.togglePanel)
  useShortcut('Escape', leaveField)
}

/** Leaves a field for the conversation; what was written stays. */
function leaveField() {
  const active = document.activeElement
  if (active instanceof HTMLElement && active.matches('textarea, input')) {
    active.blur()
    document.querySelector<HTMLElement>('[data-thread-log]')?.focus()
  }
}
