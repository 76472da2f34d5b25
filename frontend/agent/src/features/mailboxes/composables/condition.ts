import type { Mailbox } from '@shared/api/types'

/** How a mailbox is doing, in one word: what a person has to do comes before what the server does by itself. */
export type Condition = 'sign-in' | 'failing' | 'connecting' | 'paused' | 'silent' | 'hampered' | 'works'

export function conditionOf({ health, signIn }: Mailbox): Condition {
  if (health.state === 'paused') return 'paused'
  if (signIn.needsPerson) return 'sign-in'
  if (health.state !== 'ok') return health.state
  if (health.silentSince) return 'silent'
  return health.problem ? 'hampered' : 'works'
}

const HICCUP = 30_000

/** Whether somebody should look before agents notice that no mail comes: not for a line that breaks and is back at once. */
export function needsAttention(mailbox: Mailbox, now = Date.now()): boolean {
  const { lastContactAt, since } = mailbox.health
  const condition = conditionOf(mailbox)
  if (condition === 'failing') return lastContactAt === null || now - new Date(since).getTime() >= HICCUP
  return condition === 'sign-in' || condition === 'silent'
}

/** How many of its mails wait for a person. */
export function waitingForPerson({ health }: Mailbox): number {
  return health.unreadable + health.quarantined
}
