import { Bot, Megaphone, MailWarning, UsersRound } from 'lucide-vue-next'

export const machineIcons = { 'auto-reply': Bot, system: MailWarning, bulk: Megaphone, list: UsersRound }
