import { reactive, ref } from 'vue'
import { api } from '@shared/api/client'
import type { CheckResult, Mailbox, MailboxRequest } from '@shared/api/types'
import { useSession } from '@/features/session/composables/useSession'
import { useForm } from '@/features/shell/composables/useForm'

/** The fields of a mailbox, its live check and its saving. */
export function useMailboxForm(known: Mailbox | null, saved: (mailbox: Mailbox) => void) {
  const { session } = useSession()
  const fields = reactive<MailboxRequest>({
    address: known?.address ?? '',
    name: known?.name ?? session.value?.workspace.name ?? '',
    imap: { ...(known?.imap ?? { host: '', port: 993, security: 'tls' }) },
    smtp: { ...(known?.smtp ?? { host: '', port: 465, security: 'tls' }) },
    username: known?.username ?? '',
    password: '',
    historyDays: 90,
    teamId: known?.teamId ?? null,
  })
  const result = ref<CheckResult | null>(null)

  /** Most hosts name their servers after the domain; a person can always write another. */
  function suggestServers() {
    const domain = fields.address.split('@')[1]?.trim()
    if (!domain) return
    fields.imap.host ||= `imap.${domain}`
    fields.smtp.host ||= `smtp.${domain}`
  }

  const request = (): MailboxRequest => ({ ...fields, address: fields.address.trim(), username: fields.username?.trim() || fields.address.trim() })

  const check = useForm(async () => {
    result.value = null
    result.value = await api.post<CheckResult>('/mailboxes/check', request())
  })
  const save = useForm(async () => {
    saved(known ? await api.put<Mailbox>(`/mailboxes/${known.id}`, request()) : await api.post<Mailbox>('/mailboxes', request()))
  })

  return { fields, result, suggestServers, check, save }
}
