import { computed, reactive, ref } from 'vue'
import { api } from '@shared/api/client'
import type { CheckResult, Mailbox, MailboxOAuth, MailboxRequest, MailProvider, MailServer } from '@shared/api/types'
import { useSession } from '@/features/session/composables/useSession'
import { useForm } from '@/features/shell/composables/useForm'

type Fields = MailboxRequest & { receives: Mailbox['receives']; imap: MailServer }

const RETURN = '/api/v1/mailboxes/sign-in'
const SERVERS: Partial<Record<MailProvider, { imap: MailServer; smtp: MailServer }>> = {
  google: { imap: { host: 'imap.gmail.com', port: 993, security: 'tls' }, smtp: { host: 'smtp.gmail.com', port: 465, security: 'tls' } },
  microsoft: { imap: { host: 'outlook.office365.com', port: 993, security: 'tls' }, smtp: { host: 'smtp.office365.com', port: 587, security: 'starttls' } },
}

/** What leaves a known mailbox as it is: its secrets stay with the server. */
export function requestFor(mailbox: Mailbox): MailboxRequest & Pick<Mailbox, 'receives'> {
  const { address, name, receives, imap, smtp, username, teamId, plusAddressing } = mailbox
  const folders = mailbox.folders.length ? mailbox.folders : null
  return { address, name, receives, imap, smtp, username, folders, teamId, plusAddressing, password: '', historyDays: null, oauth: oauthOf(mailbox) }
}

function oauthOf({ signIn }: Mailbox): MailboxOAuth | null {
  const { kind, provider, clientId, authorizationUrl, tokenUrl, scope } = signIn
  return kind === 'password' ? null : { provider: provider ?? 'other', clientId: clientId ?? '', clientSecret: '', authorizationUrl, tokenUrl, scope }
}

/** The fields of a mailbox, its live check and its saving. */
export function useMailboxForm(known: Mailbox | null, saved: (mailbox: Mailbox) => void) {
  const { session } = useSession()
  const kept = known && requestFor(known)
  const fields = reactive<Fields>({
    receives: 'imap',
    address: '',
    name: session.value?.workspace.name ?? '',
    username: '',
    password: '',
    historyDays: 90,
    teamId: null,
    plusAddressing: false,
    oauth: null,
    ...kept,
    imap: { ...(kept?.imap ?? { host: '', port: 993, security: 'tls' }) },
    smtp: { ...(kept?.smtp ?? { host: '', port: 465, security: 'tls' }) },
  })
  const oauth = reactive<MailboxOAuth>(kept?.oauth ?? { provider: 'google', clientId: '', clientSecret: '', authorizationUrl: null, tokenUrl: null, scope: null })
  const chosenKind = ref(known?.signIn.kind ?? 'password')
  const reads = computed(() => fields.receives === 'imap')
  /** Who only sends needs no registration at a provider; a mailbox that has one keeps it. */
  const offersOAuth = computed(() => reads.value || known?.signIn.kind === 'oauth')
  const kind = computed(() => (offersOAuth.value ? chosenKind.value : 'password'))
  const returnAddress = computed(() => known?.signIn.returnAddress ?? location.origin + RETURN)
  const result = ref<CheckResult | null>(null)

  /** Most hosts name their servers after the domain; a person can always write another. */
  function suggestServers() {
    const domain = fields.address.split('@')[1]?.trim()
    if (!domain) return
    fields.imap.host ||= `imap.${domain}`
    fields.smtp.host ||= `smtp.${domain}`
  }

  /** Another provider has other servers and pages; those of the large ones are known. */
  function chooseProvider(provider: MailProvider) {
    Object.assign(oauth, { provider, authorizationUrl: null, tokenUrl: null, scope: null })
    Object.assign(fields.imap, SERVERS[provider]?.imap)
    Object.assign(fields.smtp, SERVERS[provider]?.smtp)
    fields.plusAddressing = provider in SERVERS
  }

  function chooseReceiving(chosen: Mailbox['receives']) {
    fields.receives = chosen
    result.value = null
    suggestServers()
  }

  function chooseKind(chosen: typeof kind.value) {
    chosenKind.value = chosen
    if (chosen === 'oauth' && known?.signIn.kind !== 'oauth') chooseProvider(oauth.provider)
  }

  const request = (): MailboxRequest => ({
    ...fields,
    address: fields.address.trim(),
    username: fields.username?.trim() || fields.address.trim(),
    ...(!reads.value && { imap: null, folders: null, historyDays: null }),
    oauth: kind.value === 'oauth' ? { ...oauth, clientId: oauth.clientId.trim() } : null,
  })

  const check = useForm(async () => {
    result.value = null
    result.value = await api.post<CheckResult>('/mailboxes/check', request())
  })
  const save = useForm(async () => {
    saved(known ? await api.put<Mailbox>(`/mailboxes/${known.id}`, request()) : await api.post<Mailbox>('/mailboxes', request()))
  })

  return { fields, oauth, reads, offersOAuth, kind, returnAddress, result, suggestServers, chooseReceiving, chooseKind, chooseProvider, check, save }
}
