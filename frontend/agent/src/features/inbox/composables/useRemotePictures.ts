import { reactive } from 'vue'

const shown = reactive(new Set<string>())

/** The messages whose pictures from elsewhere somebody asked for. Nobody remembers it beyond this page. */
export function useRemotePictures() {
  return { shows: (messageId: string) => shown.has(messageId), show: (messageId: string) => void shown.add(messageId) }
}
