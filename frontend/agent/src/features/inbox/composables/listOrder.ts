export interface Arrangement {
  /** What is on screen, in order. */
  shown: string[]
  /** What would come in above it: it queues until somebody asks. */
  waiting: string[]
}

/**
 * Decides what an answer of the server may do to a list. A held list, one with the pointer, the focus or a scrolled
 * reader in it, keeps every row where it is: only rows after its end are added.
 */
export function arrange(shown: string[], fresh: string[], held: boolean): Arrangement {
  if (!held || shown.length === 0) return { shown: fresh, waiting: [] }
  const known = new Set(shown)
  const end = fresh.findLastIndex((id) => known.has(id))
  const added = fresh.slice(end + 1)
  const waiting = fresh.slice(0, end + 1).filter((id) => !known.has(id))
  return { shown: [...shown, ...added], waiting }
}
