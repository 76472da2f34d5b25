import { queryOptions, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@shared/api/client'
import type { PersonRef, Session } from '@shared/api/types'
import { applySession } from '@/features/shell/composables/usePreferences'
import { queryClient } from '@/queries'

/** What a role allows; the server decides, we only hide what it would refuse. */
export type Permission =
  | 'mailbox:read' | 'mailbox:manage' | 'shop:manage' | 'people:invite' | 'token:manage'
  | 'ticket:read' | 'ticket:reply' | 'ticket:note' | 'ticket:assign' | 'ticket:status' | 'ticket:tag' | 'ticket:link-order' | 'template:manage'
  | 'customer:edit' | 'inbound:retry'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => api.get<Session>('/session', { anonymous: true }),
  staleTime: Infinity,
  gcTime: Infinity,
})

/** Who is signed in and what they may do. */
export function useSession() {
  const { data } = useQuery({ ...sessionQuery, enabled: false })
  const can = (permission: Permission) => data.value?.permissions.includes(permission) ?? false
  const me = computed(() => (data.value ? asRef(data.value) : null))
  return { session: data, person: computed(() => data.value?.person ?? null), me, can }
}

function asRef({ person, party }: Session): PersonRef {
  return { id: person.id, name: person.name, partyKind: party.kind, partyName: party.name }
}

export function rememberSession(session: Session): void {
  queryClient.setQueryData(sessionQuery.queryKey, session)
  applySession(session)
}

export async function signIn(email: string, password: string): Promise<Session> {
  const session = await api.post<Session>('/session', { email, password }, { anonymous: true })
  rememberSession(session)
  return session
}

export async function signOut(): Promise<void> {
  await api.delete('/session', { anonymous: true })
  location.assign('/sign-in')
}
