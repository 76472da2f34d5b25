import type { OrderStatus, TicketStatus } from '@shared/api/types'

/** The tone of a chip; its words carry the meaning. */
export const ticketTone: Record<TicketStatus, string> = { new: 'pri', open: 'line', pending: 'line', 'on-hold': 'line', solved: 'ok', closed: '' }

export const orderTone: Record<OrderStatus, string> = {
  'awaiting-payment': 'warn', processing: '', shipped: 'pri', delayed: 'warn', delivered: 'ok', returned: '', refunded: '', cancelled: 'danger', 'on-hold': 'warn',
}

export const statuses: TicketStatus[] = ['new', 'open', 'pending', 'on-hold', 'solved', 'closed']
