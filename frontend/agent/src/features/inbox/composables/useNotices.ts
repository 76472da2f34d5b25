import { reactive } from 'vue'

const notices = reactive(new Map<string, string>())

/** What went wrong with a ticket, said beside it until it is read. */
export function useNotices() {
  return {
    notice: (ticketId: string) => notices.get(ticketId) ?? null,
    say: (ticketId: string, text: string) => void notices.set(ticketId, text),
    dismiss: (ticketId: string) => void notices.delete(ticketId),
  }
}
