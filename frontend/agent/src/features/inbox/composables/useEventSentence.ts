import { useI18n } from 'vue-i18n'
import type { TimelineEntry } from '@shared/api/types'
import { statuses } from './wording'

/** Says an event as a person would. */
export function useEventSentence() {
  const { t, te } = useI18n()

  return function sentence(entry: TimelineEntry): string {
    const { from, to } = entry.change ?? { from: null, to: null }
    const words = { who: entry.actor.name, from: spoken(from), to: spoken(to) }
    const self = entry.kind === 'assigned' && to === entry.actor.name
    const shape = self ? 'self' : from && to ? 'changed' : to ? 'set' : from ? 'removed' : 'plain'
    const by = entry.actor.kind === 'person' ? '' : 'System'
    const candidates = [`inbox.event.${entry.kind}.${shape}${by}`, `inbox.event.${entry.kind}.${shape}`, `inbox.event.${entry.kind}.plain`]
    return t(candidates.find((key) => te(key) || te(key, 'es')) ?? 'inbox.event.other', words)
  }

  function spoken(value: string | null): string {
    return value && (statuses as string[]).includes(value) ? t(`inbox.status.${value}`).toLocaleLowerCase() : (value ?? '')
  }
}
