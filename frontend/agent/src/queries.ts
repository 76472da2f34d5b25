import { QueryClient } from '@tanstack/vue-query'
import { ProblemError } from '@shared/api/client'

/** What the server knows. Live events say when it is out of date, so nothing here grows old by the clock. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5 * 60_000, gcTime: 10 * 60_000, retry: retryRead, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
})

/** A problem is an answer; only silence and a failing server are worth asking again. */
function retryRead(failures: number, error: unknown): boolean {
  if (error instanceof ProblemError && error.problem.status < 500) return false
  return failures < 2
}
