import type { Attachment, Customer, Mailbox, Message, Order, Page, PersonRef, Session, Ticket, TicketContext, TicketRow, TimelineEntry, View } from '@shared/api/types'

/** The people and things of Tienda Aurora, for specs. */
export const lucia: PersonRef = { id: 'lucia', name: 'Lucía Ferrer', partyKind: 'shop', partyName: 'Tienda Aurora' }
export const rocio: PersonRef = { id: 'rocio', name: 'Rocío Leal', partyKind: 'provider', partyName: 'Contacta Sur' }

const everything = [
  'mailbox:read', 'mailbox:manage', 'shop:manage', 'people:invite', 'token:manage', 'ticket:read', 'ticket:reply', 'ticket:note',
  'ticket:assign', 'ticket:status', 'ticket:tag', 'ticket:link-order', 'template:manage', 'customer:edit', 'inbound:retry',
]

export function aSession(permissions = everything): Session {
  return {
    person: { id: lucia.id, name: lucia.name, email: 'lucia@tienda-aurora.example', locale: 'es', theme: 'light' },
    workspace: { id: 'aurora', name: 'Tienda Aurora', timeZone: 'Europe/Madrid', demonstration: false, setUp: true },
    party: { id: 'own', name: 'Tienda Aurora', kind: 'shop' },
    role: 'owner',
    permissions,
    teams: [],
  }
}

export function page<T>(items: T[], next: string | null = null): Page<T> {
  return { items, next }
}

export function aRow(id: string, customer: string, more: Partial<TicketRow> = {}): TicketRow {
  return {
    id, number: 1000, subject: `Asunto de ${customer}`, status: 'open', channel: 'email', preview: 'Hola', lastMessageAt: '2025-11-24T16:40:00Z', waitingSince: null,
    unread: false, attachments: false, customer: { id: `c-${id}`, name: customer, email: `${id}@correo.example` }, order: null, assignee: null, team: null, tags: [], deliveryFailed: false, ...more,
  }
}

export function aMessage(text: string, more: Partial<Message> = {}): Message {
  return { id: `m-${text}`, text, language: 'es', from: null, to: [], cc: [], bcc: [], signature: null, html: null, answer: null, answersTo: null, alsoTo: [], stranger: false, attachments: [], delivery: null, unreadable: false, automatic: null, sender: { verdict: 'unknown', spf: 'none', dkim: 'none', dmarc: 'none' }, forwarded: null, invitations: [], protection: 'none', problem: null, sourceUrl: null, ...more }
}

export function received(id: string, text: string, customer = 'Marta Gil', more: Partial<Message> = {}): TimelineEntry {
  return { id, at: '2025-11-24T16:40:00Z', kind: 'message-received', actor: { kind: 'customer', id: 'c', name: customer, partyKind: null }, reason: null, message: aMessage(text, more), change: null }
}

export function aReply(id: string, text: string, by = rocio, more: Partial<Message> = {}): TimelineEntry {
  return { id, at: '2025-11-24T16:45:00Z', kind: 'reply', actor: { kind: 'person', id: by.id, name: by.name, partyKind: by.partyKind }, reason: null, message: aMessage(text, more), change: null }
}

export function aNote(id: string, text: string, by = lucia): TimelineEntry {
  return { ...aReply(id, text, by), kind: 'note' }
}

export function aTicket(row: TicketRow, timeline: TimelineEntry[] = [received(`e-${row.id}`, `Mensaje de ${row.customer.name}`, row.customer.name)]): Ticket {
  return { ...row, createdAt: row.lastMessageAt, mailbox: 'hola@tienda-aurora.example', orderReason: null, timeline, earlier: null, followUpOf: null }
}

export function aView(id: string, count = 0): View {
  return { id, group: 'all', name: null, partyKind: null, count, more: false }
}

export function anOrder(number: string, more: Partial<Order> = {}): Order {
  return {
    id: `order-${number}`, number, status: 'delayed', placedAt: '2025-11-17T10:00:00Z', total: { amount: '104.80', currency: 'EUR' }, payment: 'Visa ···· 4417', url: null,
    customerName: 'Marta Gil', email: null, phone: null, address: null, refunded: null, shopName: 'Tienda Aurora', shipments: [],
    lines: [{ name: 'Lámpara de mesa Alba', variant: 'Terracota', sku: null, quantity: 1, total: { amount: '64.90', currency: 'EUR' }, imageUrl: null }], ...more,
  }
}

export function aCustomer(name = 'Marta Gil'): Customer {
  return { id: 'c', name, since: '2022-03-04T10:00:00Z', language: 'es', identities: [{ kind: 'email', value: 'marta.gil@correo.example' }], address: null, orders: 7, spent: [{ amount: '612.40', currency: 'EUR' }], reported: [] }
}

export function aContext(orders: Order[] = [], more: Partial<TicketContext['ordersState']> = {}): TicketContext {
  return { customer: aCustomer(), orders, ordersState: { stale: false, syncedAt: null, problem: null, ...more }, previous: [], doubtful: false, waiting: [] }
}

export function aFile(name: string): Attachment {
  return { id: name, name, type: 'application/pdf', size: 2048, url: `/files/${name}`, image: false, inline: false }
}

const noTrouble: Mailbox['health'] = {
  state: 'ok', since: '2025-11-24T09:00:00Z', lastContactAt: '2025-11-24T16:39:00Z', lastArrivalAt: '2025-11-24T16:30:00Z', problem: null, failuresInARow: 0, nextTryAt: null,
  silentSince: null, received: 3, waiting: 0, unreadable: 0, quarantined: 0,
}
const byPassword: Mailbox['signIn'] = {
  kind: 'password', provider: null, clientId: null, authorizationUrl: null, tokenUrl: null, scope: null, returnAddress: 'https://desk.example/api/v1/mailboxes/sign-in',
  signedInAt: null, tokenExpiresAt: null, needsPerson: false,
}

/** A mailbox that works, but for what is said of its health and its sign-in. */
export function aMailbox(id: string, health: Partial<Mailbox['health']> = {}, signIn: Partial<Mailbox['signIn']> = {}): Mailbox {
  const server = { host: 'imap.x.example', port: 993, security: 'tls' as const }
  return {
    id, address: `${id}@x.example`, name: 'Hola', receives: 'imap', imap: server, forwardingAddress: null, smtp: server, username: id, teamId: null, plusAddressing: false, folders: ['INBOX'],
    signIn: { ...byPassword, ...signIn }, health: { ...noTrouble, ...health },
  }
}

/** A mailbox whose mail its provider forwards. */
export function aForwardedMailbox(id: string, health: Partial<Mailbox['health']> = {}): Mailbox {
  return { ...aMailbox(id, health), receives: 'forwarding', imap: null, folders: [], forwardingAddress: 'in+0k4secret@desk.example' }
}
