import { useQueryClient } from '@tanstack/vue-query'
import { reactive, ref } from 'vue'
import { api } from '@shared/api/client'
import type { Invitation, InvitationRequest, PartyKind, Role } from '@shared/api/types'
import { useForm } from '@/features/shell/composables/useForm'

export interface InvitationRow {
  key: number
  email: string
  role: Role
  partyKind: PartyKind
  partyName: string
}

let count = 0

/** Rows of people to invite, and the links that come back to hand out. */
export function useInvitations() {
  const queries = useQueryClient()
  const rows = reactive<InvitationRow[]>([emptyRow()])
  const sent = ref<Invitation[]>([])
  const filled = () => rows.filter((row) => row.email.trim() !== '')

  const form = useForm(async () => {
    if (filled().length === 0) return
    const body: InvitationRequest = {
      invitations: filled().map(({ email, role, partyKind, partyName }) => ({ email: email.trim(), role, partyKind, ...(partyKind === 'shop' || !partyName.trim() ? {} : { partyName: partyName.trim() }) })),
    }
    sent.value = [...sent.value, ...(await api.post<Invitation[]>('/people/invitations', body))]
    rows.splice(0, rows.length, emptyRow())
    await queries.invalidateQueries({ queryKey: ['people'] })
  })

  function add() {
    rows.push(emptyRow())
  }

  function remove(key: number) {
    const place = rows.findIndex((row) => row.key === key)
    if (place >= 0) rows.splice(place, 1)
    if (rows.length === 0) add()
  }

  return { rows, sent, filled, add, remove, ...form }
}

function emptyRow(): InvitationRow {
  return { key: ++count, email: '', role: 'agent', partyKind: 'shop', partyName: '' }
}
