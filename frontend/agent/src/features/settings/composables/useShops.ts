import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@shared/api/client'
import type { Page, Shop, ShopRequest } from '@shared/api/types'

export const shopsQuery = queryOptions({ queryKey: ['shops'], queryFn: () => api.get<Page<Shop>>('/shops') })

export function useShops() {
  const queries = useQueryClient()
  const result = useQuery(shopsQuery)
  const changed = () => queries.invalidateQueries({ queryKey: ['shops'] })
  const sync = useMutation({ mutationFn: (id: string) => api.post(`/shops/${id}/sync`), onSettled: changed })
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/shops/${id}`), onSettled: changed })
  return { shops: computed(() => result.data.value?.items ?? []), loaded: result.isSuccess, failed: result.isError, retry: () => result.refetch(), changed, sync, remove }
}

export function createShop(request: ShopRequest): Promise<Shop> {
  return api.post<Shop>('/shops', request)
}
