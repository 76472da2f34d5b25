// The shapes of /api/v1 by the names that the desk uses. They come from the contract (schema.d.ts, written by `npm run api`);
// only what it cannot say is said here. Ids are UUID strings, instants ISO-8601 UTC.
import type { components } from './schema'

type Schemas = components['schemas']

export type Problem = Schemas['Problem']

/** One page of a list; `next` is the `cursor` of the one after it. */
export interface Page<T> { items: T[]; next: string | null }

// access
export type Session = Schemas['Session']
export type Role = Session['role']
export type PartyKind = TeamRef['partyKind']
export type SetupState = Schemas['SetupState']
export type SetupRequest = Schemas['SetupRequest']
export type InvitationPreview = Schemas['Preview']
export type InvitationRequest = Schemas['InvitationRequest']
export type Invitation = Schemas['Invitation']
export type Person = Schemas['Person']
export type PersonRef = Schemas['PersonRef']
export type TeamRef = Schemas['TeamRef']
export type Token = Schemas['Token']

// tickets
export type View = Schemas['ViewCount']
export type TicketRow = Schemas['TicketRow']
export type TicketStatus = TicketRow['status']
export type Ticket = Schemas['Ticket']
export type TimelineEntry = Schemas['TimelineEntry']
export type Message = Schemas['Message']
export type Attachment = Schemas['Attachment']
export type Delivery = Schemas['Delivery']
export type ReplyRequest = Schemas['ReplyRequest']
export type Draft = Schemas['Draft']
export type DraftLetter = Schemas['DraftLetter']
export type Template = Schemas['Template']
export type TemplateRequest = Schemas['TemplateRequest']
export type RenderedTemplate = Schemas['RenderedTemplate']
export type TicketContext = Schemas['TicketContext']
export type PreviousTicket = Schemas['PreviousTicket']
export type Customer = Schemas['Customer']

// orders
export type Money = Schemas['Money']
export type Order = Schemas['Order']
export type OrderStatus = Order['status']
export type Shop = Schemas['Shop']
export type ShopRequest = Schemas['ShopRequest']
export type ImportReport = Schemas['ImportReport']

// channels
export type MailServer = Schemas['MailServer']
export type Mailbox = Schemas['Mailbox']
export type MailboxRequest = Schemas['MailboxRequest']
export type Sender = Schemas['Sender']
export type SenderRequest = Schemas['SenderRequest']
export type Signing = Schemas['Signing']
export type Sending = Schemas['Sending']
export type SendingChoice = Schemas['SendingChoice']
export type CheckResult = Schemas['CheckResult']
export type InboundItem = Schemas['InboundItem']
export type MailboxHealth = Schemas['MailboxHealthDetail']
export type MailboxFolder = Schemas['MailboxFolder']
export type MailboxHappening = Schemas['MailboxHappening']
export type MailboxHandling = Schemas['MailboxHandling']
export type HandlingRequest = Schemas['HandlingRequest']
export type MailboxOAuth = Schemas['MailboxOAuthRequest']
export type MailProvider = MailboxOAuth['provider']

/**
 * What the WebSocket /api/v1/live?cursor=C says (cookie session, same origin). First {type:'hello',cursor}; then
 * {type:'event',cursor,…}; {type:'reset',cursor} means: fetch everything again. {type:'ping'} is answered with {type:'pong'}.
 * Whoever comes back with the last cursor misses nothing and hears nothing twice. Close code 4401: the session has ended.
 */
export interface LiveEvent {
  cursor: string
  kind: 'ticket' | 'mailbox' | 'shop' | 'people'
  subjectId: string
  entryId: string | null
  entryKind: TimelineEntry['kind'] | 'delivery' | 'read' | null
  actorId: string | null
}
