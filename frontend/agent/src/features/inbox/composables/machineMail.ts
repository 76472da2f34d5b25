import { Bot, Megaphone, MailWarning, UsersRound } from 'lucide-vue-next'
import type { Message } from '@shared/api/types'

export const machineIcons = { 'auto-reply': Bot, system: MailWarning, bulk: Megaphone, list: UsersRound }

/** Whether a message asks nothing of anybody: the note of an absent person, a report of the mail system. */
export function asksNothing(message: Message): boolean {
  return message.automatic?.kind === 'auto-reply' || message.automatic?.kind === 'system'
}
