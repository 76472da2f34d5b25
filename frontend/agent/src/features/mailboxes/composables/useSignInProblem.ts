import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'

/** Why a provider let nobody in, told by a word in the address. The sentence is ours: a link cannot bring its own. */
export function useSignInProblem(): ComputedRef<string> {
  const { t, te } = useI18n()
  const route = useRoute()
  return computed(() => {
    const word = String(route.query.signInProblem ?? '')
    const key = `mailboxes.signIn.problem.${word}`
    return !word ? '' : te(key) || te(key, 'es') ? t(key) : t('mailboxes.signIn.problem.other')
  })
}
