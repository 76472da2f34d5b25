import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { NetworkError, ProblemError } from '@shared/api/client'
import type { Session } from '@shared/api/types'
import { signIn } from './useSession'

/** The sign-in form: what was typed, what went wrong and where to say it. */
export function useSignInForm(done: (session: Session) => void) {
  const { t } = useI18n()
  const email = ref('')
  const password = ref('')
  const busy = ref(false)
  const error = ref<string | null>(null)

  async function submit() {
    if (busy.value) return
    busy.value = true
    error.value = null
    try {
      done(await signIn(email.value.trim(), password.value))
    } catch (failure) {
      error.value = explain(failure)
    } finally {
      busy.value = false
    }
  }

  function explain(failure: unknown): string {
    if (failure instanceof NetworkError) return t('session.error.network')
    if (!(failure instanceof ProblemError)) throw failure
    if (failure.is('/problems/sign-in-refused')) return t('session.error.refused')
    if (failure.is('/problems/too-many-attempts')) {
      return t('session.error.tooMany', { minutes: Math.max(1, Math.ceil((failure.retryAfter ?? 60) / 60)) }, Math.max(1, Math.ceil((failure.retryAfter ?? 60) / 60)))
    }
    return failure.problem.detail || t('session.error.unknown')
  }

  return { email, password, busy, error, submit }
}
