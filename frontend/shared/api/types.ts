// The shapes of /api/v1 as the desk uses them. Names equal the schemas of api/openapi.yaml; ids are UUID strings, instants ISO-8601 UTC.

export type Role = 'owner' | 'supervisor' | 'agent'
export type PartyKind = 'shop' | 'provider' | 'freelancer'
export type TicketStatus = 'new' | 'open' | 'pending' | 'on-hold' | 'solved' | 'closed'
export type ChannelKind = 'email'

export interface Problem {
  type: string // '/problems/...', the only thing to branch on
  title: string
  status: number
  detail: string // says what to do, in the person's language
  errors?: { pointer: string; detail: string }[]
}

export interface PersonRef { id: string; name: string; partyKind: PartyKind; partyName: string }
export interface TeamRef { id: string; name: string; partyKind: PartyKind }
export interface CustomerRef { id: string; name: string; email: string | null }
export interface OrderRef { id: string; number: string; status: OrderStatus }

// ── access ──────────────────────────────────────────────────────────────────
export interface Session {
  person: { id: string; name: string; email: string; locale: 'es' | 'en'; theme: 'light' | 'dark' | 'system' }
  workspace: { id: string; name: string; timeZone: string; demonstration: boolean; setUp: boolean } // setUp=false: the wizard is still to do
  party: { id: string; name: string; kind: PartyKind }
  role: Role
  permissions: string[] // actions that the gate allows, e.g. 'ticket:reply', 'mailbox:manage'
  teams: TeamRef[]
}
// GET /session → 200 Session | 401 /problems/signed-out          (always sets cookie XSRF-TOKEN)
// POST /session {email,password} → Session | 401 /problems/sign-in-refused | 429 /problems/too-many-attempts (Retry-After)
// DELETE /session → 204
// GET /setup → SetupState; POST /setup SetupRequest → Session (only while needed=true; code comes from the printed link ?code=)
export interface SetupState { needed: boolean; codeRequired: boolean }
export interface SetupRequest { code: string; workspaceName: string; name: string; email: string; password: string; locale: string; timeZone: string }
// POST /setup/finished → 204 (ends the wizard: workspace.setUp=true)
// PATCH /me {name?,locale?,theme?} → Session
// GET /invitations/{token} → InvitationPreview | 404 /problems/invitation-unknown | 410 /problems/invitation-expired
export interface InvitationPreview { workspaceName: string; email: string; invitedBy: string; role: Role; partyName: string }
// POST /invitations/{token}/accept {name,password,locale} → Session
// GET /people → Page<Person>;  POST /people/invitations InvitationRequest → Invitation[]
export interface Person { id: string; name: string; email: string; role: Role; party: { id: string; name: string; kind: PartyKind }; teams: TeamRef[]; state: 'active' | 'invited' }
export interface InvitationRequest { invitations: { email: string; role: Role; partyKind: PartyKind; partyName?: string; teamIds?: string[] }[] }
export interface Invitation { id: string; email: string; link: string; expiresAt: string }
// GET /teams → Page<TeamRef>; POST /teams {name} → TeamRef
// GET /tokens → Page<Token>; POST /tokens {name} → Token & {secret}; DELETE /tokens/{id}
export interface Token { id: string; name: string; createdAt: string; lastUsedAt: string | null; secret?: string }

export interface Page<T> { items: T[]; next: string | null } // next: pass as ?cursor=

// ── tickets ─────────────────────────────────────────────────────────────────
export interface View {
  id: string // 'mine','unassigned','open','pending','on-hold','solved','all','team:<uuid>','party:<uuid>'
  group: 'mine' | 'all' | 'team' | 'party'
  name: string | null // null for built-in views (text key view.<id>)
  partyKind: PartyKind | null
  count: number
  more: boolean // true: there are at least `count`, show "999+"
}
// GET /views → Page<View>
export interface TicketRow {
  id: string
  number: number
  subject: string
  status: TicketStatus
  channel: ChannelKind
  preview: string // first words of the newest message
  lastMessageAt: string
  waitingSince: string | null // customer waits since; null when nothing waits for us
  unread: boolean
  attachments: boolean
  customer: CustomerRef
  order: OrderRef | null
  assignee: PersonRef | null
  team: TeamRef | null
  tags: string[]
  deliveryFailed: boolean
}
// GET /tickets?view=&query=&status=&tag=&cursor=&limit=50 → Page<TicketRow>, newest message first
export interface Ticket extends TicketRow {
  createdAt: string
  mailbox: string | null // our address that it came to
  orderReason: string | null // sentence: why this order
  timeline: TimelineEntry[] // oldest first, the newest 100
  earlier: string | null // cursor for GET /tickets/{id}/timeline?before=
  followUpOf: { id: string; number: number } | null
}
// GET /tickets/{id} → Ticket;  GET /tickets/{id}/timeline?before= → Page<TimelineEntry> (oldest first inside the page)
export interface Actor { kind: 'customer' | 'person' | 'system' | 'token'; id: string | null; name: string; partyKind: PartyKind | null }
export interface TimelineEntry {
  id: string
  at: string
  kind: 'message-received' | 'reply' | 'note' | 'created' | 'assigned' | 'status-changed' | 'tagged' | 'order-linked' | 'reply-cancelled'
  actor: Actor
  reason: string | null // sentence, in the language of the reader
  message: Message | null // for the first three kinds
  change: { field: string; from: string | null; to: string | null } | null // for the others; already human-readable names
}
export interface Message {
  id: string
  text: string // plain text, always there
  language: string | null
  from: string | null
  to: string[]
  cc: string[]
  htmlUrl: string | null // sandboxed frame on the content origin; null when the text says it all
  htmlHeight: number | null // estimated px for the frame
  attachments: Attachment[]
  delivery: Delivery | null // replies only
  unreadable: boolean // could not be parsed; raw source is attached
}
export interface Attachment { id: string; name: string; type: string; size: number; url: string; image: boolean; inline: boolean }
export interface Delivery { state: 'queued' | 'sending' | 'sent' | 'failed' | 'cancelled' | 'uncertain'; at: string; attempts: number; nextAttemptAt: string | null; detail: string | null; cancellableUntil: string | null }
// POST /tickets/{id}/replies ReplyRequest → 201 TimelineEntry  (header Idempotency-Key: uuid on every write)
//   409 /problems/newer-message when `after` is given and someone else answered since (errors carry nothing; refetch)
//   409 /problems/ticket-closed
export interface ReplyRequest { text: string; attachmentIds?: string[]; undoSeconds?: number; status?: TicketStatus; after?: string /* id of newest entry the writer saw */ }
// POST /tickets/{id}/notes {text, attachmentIds?} → 201 TimelineEntry
// POST /tickets/{id}/replies/{entryId}/cancel → TimelineEntry | 409 /problems/already-sent ;  POST .../retry → TimelineEntry
// PUT /tickets/{id}/assignee {personId: string|null, teamId: string|null} → TicketRow
// PUT /tickets/{id}/status {status} → TicketRow ; PUT /tickets/{id}/tags {tags:string[]} → TicketRow
// PUT /tickets/{id}/order {orderId: string|null} → TicketRow ; PUT /tickets/{id}/read → 204
// GET /tickets/{id}/draft?mode=reply|note → Draft | 204 ; PUT same {text, attachmentIds} → Draft ; DELETE → 204
export interface Draft { mode: 'reply' | 'note'; text: string; attachments: Attachment[]; savedAt: string }
// POST /attachments multipart part "file" → 201 Attachment | 413 /problems/attachment-too-large (25 MB)
// GET /tickets/{id}/context → TicketContext
export interface TicketContext { customer: Customer; orders: Order[]; ordersState: { stale: boolean; syncedAt: string | null; problem: string | null }; previous: { id: string; number: number; subject: string; status: TicketStatus; channel: ChannelKind; at: string }[] }
export interface Customer { id: string; name: string; since: string; language: string | null; identities: { kind: 'email' | 'phone'; value: string }[]; address: string | null; orders: number; spent: Money[] }
// PATCH /customers/{id} {name} → Customer

// ── orders ──────────────────────────────────────────────────────────────────
export interface Money { amount: string; currency: string } // '64.90'
export type OrderStatus = 'awaiting-payment' | 'processing' | 'shipped' | 'delayed' | 'delivered' | 'returned' | 'refunded' | 'cancelled' | 'on-hold'
export interface Order {
  id: string; number: string; status: OrderStatus; placedAt: string; total: Money; payment: string | null
  url: string | null // in the shop's own back office
  customerName: string; email: string | null; phone: string | null; address: string | null
  lines: { name: string; variant: string | null; sku: string | null; quantity: number; total: Money; imageUrl: string | null }[]
  shipments: { carrier: string | null; tracking: string | null; trackingUrl: string | null; promisedOn: string | null; steps: { at: string | null; text: string; state: 'done' | 'current' | 'late' | 'pending' }[] }[]
  refunded: Money | null
  shopName: string
}
// GET /orders?query= (number, e-mail) → Page<Order>
// GET /shops → Page<Shop>; POST /shops ShopRequest → Shop; POST /shops/check ShopRequest → CheckResult; POST /shops/{id}/sync → 202; DELETE /shops/{id}
export interface Shop { id: string; kind: 'woocommerce' | 'generic'; name: string; url: string | null; state: 'connected' | 'syncing' | 'failing'; problem: string | null; syncedAt: string | null; orders: number; webhookUrl: string | null; pushUrl: string | null }
export interface ShopRequest { kind: 'woocommerce' | 'generic'; name: string; url?: string; key?: string; secret?: string }
// POST /shops/{id}/imports?dryRun=false  body text/csv or application/json → ImportReport (all or nothing)
export interface ImportReport { accepted: number; rejected: { line: number; field: string | null; detail: string }[]; imported: boolean }

// ── channels ────────────────────────────────────────────────────────────────
// GET /mailboxes → Page<Mailbox>; POST /mailboxes MailboxRequest → Mailbox; PUT /mailboxes/{id}; DELETE /mailboxes/{id}
// POST /mailboxes/check MailboxRequest → CheckResult   (live connection test, ≤ 20 s)
export interface MailboxRequest { address: string; name: string; imap: MailServer; smtp: MailServer; password: string; username?: string; historyDays?: number; teamId?: string | null }
export interface MailServer { host: string; port: number; security: 'tls' | 'starttls' | 'none' }
export interface Mailbox { id: string; address: string; name: string; imap: MailServer; smtp: MailServer; username: string; teamId: string | null; health: { state: 'ok' | 'connecting' | 'failing' | 'paused'; since: string; lastContactAt: string | null; problem: string | null; received: number; waiting: number; unreadable: number } }
export interface CheckResult { ok: boolean; steps: { step: 'reach' | 'sign-in' | 'folder' | 'smtp' | 'smtp-sign-in' | 'shop-reach' | 'shop-key' | 'shop-orders'; ok: boolean | null; millis: number | null; detail: string | null }[] }
// GET /inbound?state=failed → Page<InboundItem>; POST /inbound/{id}/retry → InboundItem; GET /inbound/{id}/raw → message/rfc822
export interface InboundItem { id: string; mailbox: string; receivedAt: string; size: number; state: 'received' | 'done' | 'failed'; attempts: number; detail: string | null; ticketId: string | null }

// ── live: WebSocket /api/v1/live?cursor=C (cookie session; same origin) ──────
// first server frame {type:'hello',cursor}; then {type:'event',cursor,...LiveEvent}; {type:'reset',cursor} = refetch everything; client may send {type:'ping'} → {type:'pong'}.
// Reconnect with the last cursor: no gaps, no doubles. Close code 4401 = session ended.
export interface LiveEvent { cursor: string; kind: 'ticket' | 'mailbox' | 'shop' | 'people'; subjectId: string; entryId: string | null; entryKind: TimelineEntry['kind'] | 'delivery' | 'read' | null; actorId: string | null }
