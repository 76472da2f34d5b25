import { api } from '@shared/api/client'
import { useForm } from '@/features/shell/composables/useForm'

const BEGUN = 'relevo.mailbox-sign-in'

/** Leaves for the provider's page, and remembers for which mailbox. */
export function useProviderSignIn(mailbox: string) {
  return useForm(async () => {
    const { url } = await api.post<{ url: string }>(`/mailboxes/${mailbox}/sign-in`)
    sessionStorage.setItem(BEGUN, mailbox)
    location.assign(url)
  })
}

/** The mailbox for which this browser left last, asked for once. */
export function comesBackFor(): string | null {
  const begun = sessionStorage.getItem(BEGUN)
  sessionStorage.removeItem(BEGUN)
  return begun
}
