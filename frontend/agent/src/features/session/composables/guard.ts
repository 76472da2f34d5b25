import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { api, NetworkError, ProblemError } from '@shared/api/client'
import type { Session, SetupState } from '@shared/api/types'
import { applySession } from '@/features/shell/composables/usePreferences'
import { queryClient } from '@/queries'
import { sessionQuery } from './useSession'

/** Sends each person where they can be: to the wizard, to the sign-in page or where they wanted to go. */
export async function guard(to: RouteLocationNormalized): Promise<RouteLocationRaw | boolean> {
  if (to.meta.open) return true
  try {
    const session = await queryClient.ensureQueryData(sessionQuery)
    applySession(session)
    return mayEnter(session, to)
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return await beforeSignIn(to)
    if (error instanceof NetworkError || error instanceof ProblemError) return { name: 'unreachable', query: { next: to.fullPath } }
    throw error
  }
}

function mayEnter(session: Session, to: RouteLocationNormalized): RouteLocationRaw | boolean {
  if (!session.workspace.setUp && session.role === 'owner' && to.name !== 'setup') return { name: 'setup' }
  if (to.meta.permission && !session.permissions.includes(to.meta.permission)) return { name: 'no-access' }
  return true
}

async function beforeSignIn(to: RouteLocationNormalized): Promise<RouteLocationRaw> {
  const { needed } = await api.get<SetupState>('/setup', { anonymous: true }).catch(() => ({ needed: false }))
  return needed ? { name: 'setup' } : { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
}
