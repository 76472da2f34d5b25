import { useQuery } from '@tanstack/vue-query'
import { Check, Inbox, Lock, LogOut, Mail, Package, Reply, Settings, SunMoon, UserRound, UserRoundPlus, UserRoundX } from 'lucide-vue-next'
import { computed, ref, watch, type Component, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { api } from '@shared/api/client'
import type { Order, Page, TicketRow } from '@shared/api/types'
import { money } from '@shared/format'
import { useCurrentDesk } from '@/features/inbox/composables/useDesk'
import { currentRow } from '@/features/inbox/composables/ticketCache'
import { signOut, useSession } from '@/features/session/composables/useSession'
import { settingsPlaces } from '@/features/settings/places'
import { usePreferences } from '@/features/shell/composables/usePreferences'
import { queryClient } from '@/queries'

export interface PaletteItem {
  id: string
  icon: Component
  title: string
  detail?: string
  keys?: string[]
  run(): unknown
}

const PAUSE = 160

/** What can be done or reached with the words typed so far: first what is selected, then what the server finds. */
export function usePaletteItems(text: Ref<string>) {
  const { t, locale } = useI18n()
  const router = useRouter()
  const { me, can } = useSession()
  const { switchTheme } = usePreferences()
  const desk = useCurrentDesk()
  const asked = usePaused(text)

  const wantsOrders = computed(() => asked.value.startsWith('#'))
  const orderQuery = computed(() => asked.value.slice(1).trim())
  const wantsTickets = computed(() => asked.value.length > 1 && !wantsOrders.value && !asked.value.startsWith('>'))
  const tickets = useQuery({
    queryKey: ['tickets-found', asked],
    queryFn: ({ signal }) => api.get<Page<TicketRow>>('/tickets', { query: { query: asked.value, view: 'all', limit: 8 }, signal }),
    enabled: wantsTickets,
  })
  const orders = useQuery({
    queryKey: ['orders', orderQuery],
    queryFn: ({ signal }) => api.get<Page<Order>>('/orders', { query: { query: orderQuery.value }, signal }),
    enabled: computed(() => wantsOrders.value && orderQuery.value.length > 0),
  })

  const selected = computed(() => {
    const id = desk.value?.ticketId.value
    return id ? (currentRow(queryClient, id) ?? null) : null
  })
  const about = computed(() => selected.value && [selected.value.customer.name, selected.value.order?.number].filter(Boolean).join(' · '))

  const onTicket = computed<PaletteItem[]>(() => {
    const here = desk.value
    const row = selected.value
    if (!here || !row) return []
    const items: (PaletteItem | false)[] = [
      can('ticket:reply') && { id: 'reply', icon: Reply, title: t('palette.action.reply'), keys: ['R'], run: () => later(() => here.compose('reply')) },
      can('ticket:status') && { id: 'resolve', icon: Check, title: t('palette.action.resolve'), detail: t('palette.action.resolveDetail'), keys: ['E'], run: () => here.resolve() },
      can('ticket:note') && { id: 'note', icon: Lock, title: t('palette.action.note'), keys: ['N'], run: () => later(() => here.compose('note')) },
      can('ticket:assign') && { id: 'take', icon: UserRound, title: t('palette.action.take'), run: () => here.actions.assign(row.id, { person: me.value, team: null }) },
      can('ticket:assign') && { id: 'assign', icon: UserRoundPlus, title: t('palette.action.assign'), keys: ['A'], run: () => later(() => (here.assigning.value = true)) },
      can('ticket:assign') && { id: 'release', icon: UserRoundX, title: t('palette.action.release'), run: () => here.actions.assign(row.id, { person: null, team: null }) },
    ]
    return items.filter((item) => item !== false)
  })

  const places = computed<PaletteItem[]>(() => [
    { id: 'inbox', icon: Inbox, title: t('inbox.title'), keys: ['G', 'I'], run: () => router.push('/inbox') },
    ...settingsPlaces.filter((place) => !place.permission || can(place.permission)).map((place) => ({ id: place.path, icon: Settings, title: t(place.label), detail: t('settings.title'), run: () => router.push(place.path) })),
    { id: 'theme', icon: SunMoon, title: t('shell.switchTheme'), run: switchTheme },
    { id: 'sign-out', icon: LogOut, title: t('shell.signOut'), run: signOut },
  ])

  const found = computed<PaletteItem[]>(() =>
    (wantsTickets.value ? (tickets.data.value?.items ?? []) : []).map((row) => ({
      id: row.id, icon: Mail, title: row.subject, detail: `${row.customer.name} · ${t(`inbox.status.${row.status}`)}`,
      run: () => router.push({ name: 'inbox', params: { view: 'all', ticketId: row.id } }),
    })),
  )
  const foundOrders = computed<PaletteItem[]>(() =>
    (wantsOrders.value ? (orders.data.value?.items ?? []) : []).map((order) => ({
      id: order.id, icon: Package, title: order.number, detail: `${order.customerName} · ${money(order.total, locale.value)} · ${t(`inbox.orderStatus.${order.status}`)}`,
      run: () => router.push({ name: 'inbox', params: { view: 'all' }, query: { query: order.number } }),
    })),
  )

  const groups = computed(() => {
    const words = fold(text.value.replace(/^>/, '').trim())
    const fits = (item: PaletteItem) => fold(`${item.title} ${item.detail ?? ''}`).includes(words)
    const own = text.value.startsWith('#') ? [] : [
      { label: t('palette.group.ticket'), items: onTicket.value.filter(fits) },
      { label: t('palette.group.places'), items: places.value.filter(fits) },
    ]
    const server = [{ label: t('palette.group.tickets'), items: found.value }, { label: t('palette.group.orders'), items: foundOrders.value }]
    return [own[0], ...server, own[1]].filter((group) => group !== undefined).filter((group) => group.items.length > 0)
  })

  const busy = computed(() => asked.value !== text.value.trim() || tickets.isFetching.value || orders.isFetching.value)
  return { groups, busy, about }
}

/** The words, once the typing rests. */
function usePaused(text: Ref<string>) {
  const paused = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, (value) => {
    clearTimeout(timer)
    timer = setTimeout(() => (paused.value = value.trim()), PAUSE)
  })
  return paused
}

/** After the dialog has given the focus back. */
function later(run: () => void) {
  setTimeout(run, 80)
}

/** "Política" is found with "politica". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}
