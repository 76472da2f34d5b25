import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { api } from '@shared/api/client'
import type { Session, SetupState } from '@shared/api/types'
import { rememberSession, sessionQuery } from '@/features/session/composables/useSession'
import { queryClient } from '@/queries'

export type Step = 'mailbox' | 'shop' | 'team' | 'done'
export const steps: Step[] = ['mailbox', 'shop', 'team', 'done']

/** Where the first run is: no workspace yet, one of its steps, or nothing left to do. */
export function useSetup() {
  const router = useRouter()
  const queries = useQueryClient()
  const step = ref<Step>('mailbox')
  const finished = ref<Step[]>([])
  const { data: state, isError: unreachable, refetch } = useQuery({ queryKey: ['setup'], queryFn: () => api.get<SetupState>('/setup', { anonymous: true }) })
  const session = useQuery({ ...sessionQuery, retry: false, enabled: computed(() => state.value?.needed === false) })
  const stage = computed(() => {
    if (unreachable.value) return 'unreachable'
    if (!state.value) return 'loading'
    if (state.value.needed) return 'create'
    return session.data.value ? 'steps' : 'loading'
  })

  watch(session.isError, (refused) => refused && void router.replace({ name: 'sign-in', query: { next: '/setup' } }))

  function created(given: Session) {
    rememberSession(given)
    queries.setQueryData(['setup'], { needed: false, codeRequired: false })
  }

  function go(to: Step) {
    step.value = to
  }

  function next(done: boolean) {
    if (done && !finished.value.includes(step.value)) finished.value.push(step.value)
    step.value = steps[steps.indexOf(step.value) + 1] ?? 'done'
  }

  async function finish() {
    await api.post('/setup/finished')
    const current = queryClient.getQueryData<Session>(sessionQuery.queryKey)
    if (current) rememberSession({ ...current, workspace: { ...current.workspace, setUp: true } })
    await router.replace('/inbox')
  }

  return { state, stage, step, finished, created, go, next, finish, retry: () => refetch() }
}
