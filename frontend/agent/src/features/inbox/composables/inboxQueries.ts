import { infiniteQueryOptions, queryOptions } from '@tanstack/vue-query'
import { api } from '@shared/api/client'
import type { Page, Person, Sending, TeamRef, Template, Ticket, TicketContext, TicketRow, View } from '@shared/api/types'

const PAGE = 50

export const viewsQuery = queryOptions({ queryKey: ['views'], queryFn: () => api.get<Page<View>>('/views') })

export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: () => api.get<Page<Person>>('/people') })

export const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: () => api.get<Page<TeamRef>>('/teams') })

export const ticketQuery = (id: string) => queryOptions({ queryKey: ['ticket', id], queryFn: () => api.get<Ticket>(`/tickets/${id}`) })

export const contextQuery = (id: string) =>
  queryOptions({ queryKey: ['context', id], queryFn: () => api.get<TicketContext>(`/tickets/${id}/context`) })

export const ticketsQuery = (view: string, query: string) =>
  infiniteQueryOptions({
    queryKey: ['tickets', { view, query }],
    queryFn: ({ pageParam }) => api.get<Page<TicketRow>>('/tickets', { query: { view, query, cursor: pageParam, limit: PAGE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

export const sendingQuery = (id: string) => queryOptions({ queryKey: ['sending', id], queryFn: () => api.get<Sending>(`/tickets/${id}/sending`), retry: false })

export const templatesQuery = queryOptions({ queryKey: ['templates'], queryFn: () => api.get<Page<Template>>('/templates') })
