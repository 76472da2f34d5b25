import { useI18n } from 'vue-i18n'
import type { View } from '@shared/api/types'
import { wholeNumber } from '@shared/format'

export function useViewName() {
  const { t, te, locale } = useI18n()

  function viewName(view: Pick<View, 'id' | 'name'>): string {
    return view.name ?? (te(`inbox.view.${view.id}`) ? t(`inbox.view.${view.id}`) : view.id)
  }

  /** What has no end is not counted: everything, and what is done. */
  function viewCount(view: View): string {
    if (view.count === 0 && ['all', 'solved'].includes(view.id)) return ''
    return wholeNumber(view.count, locale.value) + (view.more ? '+' : '')
  }

  return { viewName, viewCount }
}
