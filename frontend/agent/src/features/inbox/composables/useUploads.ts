import { reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, NetworkError, ProblemError } from '@shared/api/client'
import type { Attachment } from '@shared/api/types'

export interface Upload {
  key: number
  name: string
  size: number
  share: number
  error: string | null
  cancel: () => void
}

export const LARGEST_FILE = 25 * 1024 * 1024
let count = 0

/** Files on their way to the server, each with its progress; too large ones are told before they leave. */
export function useUploads(done: (attachment: Attachment) => void) {
  const { t } = useI18n()
  const uploads = reactive<Upload[]>([])

  function add(files: Iterable<File>) {
    for (const file of files) void start(file)
  }

  async function start(file: File) {
    const abort = new AbortController()
    const key = ++count
    uploads.push({ key, name: file.name, size: file.size, share: 0, error: null, cancel: () => (abort.abort(), remove(key)) })
    const upload = uploads.at(-1) as Upload
    if (file.size > LARGEST_FILE) {
      upload.error = t('inbox.attachment.tooLarge')
      return
    }
    try {
      done(await api.upload(file, (share) => (upload.share = share), abort.signal))
      remove(key)
    } catch (failure) {
      upload.error = explain(failure)
    }
  }

  function explain(failure: unknown): string | null {
    if (failure instanceof DOMException) return null
    if (failure instanceof ProblemError && failure.is('/problems/attachment-too-large')) return t('inbox.attachment.tooLarge')
    if (failure instanceof ProblemError) return failure.problem.detail || t('inbox.attachment.failed')
    if (failure instanceof NetworkError) return t('inbox.attachment.failed')
    throw failure
  }

  function remove(key: number) {
    const place = uploads.findIndex((upload) => upload.key === key)
    if (place >= 0) uploads.splice(place, 1)
  }

  return { uploads, add, remove }
}
