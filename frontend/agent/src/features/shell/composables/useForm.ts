import { ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { NetworkError, ProblemError } from '@shared/api/client'

/** Runs what a form does; keeps what went wrong in words, for the whole and for each field. */
export function useForm(run: () => Promise<void>) {
  const explain = useExplain()
  const busy = ref(false)
  const error: Ref<string | null> = ref(null)
  const problem: Ref<ProblemError | null> = ref(null)

  async function submit() {
    if (busy.value) return
    busy.value = true
    error.value = null
    problem.value = null
    try {
      await run()
    } catch (failure) {
      problem.value = failure instanceof ProblemError ? failure : null
      error.value = explain(failure)
    } finally {
      busy.value = false
    }
  }

  const fieldError = (pointer: string) => problem.value?.about(pointer) ?? null
  return { busy, error, submit, fieldError }
}

/** Says a failure in the person's language: the server's own sentence when it has one. */
export function useExplain() {
  const { t } = useI18n()
  return (failure: unknown): string => {
    if (failure instanceof NetworkError) return t('shell.error.network')
    if (failure instanceof ProblemError) return failure.problem.detail || t('shell.error.unknown')
    throw failure
  }
}
