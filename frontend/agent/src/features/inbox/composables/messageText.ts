export interface Piece {
  text: string
  href: string | null
}

const LINK = /https?:\/\/[^\s<>"']+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const TRAILING = /[.,;:!?)\]}»]+$/u

/** Cuts a text into plain pieces and links: only http, https and mail, never markup. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(LINK)) {
    const found = match[0].replace(TRAILING, '')
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null })
    pieces.push({ text: found, href: found.startsWith('http') ? found : `mailto:${found}` })
    end = match.index + found.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null })
  return pieces
}

/** Separates what somebody wrote from what their mail program quoted below it. */
export function splitQuote(text: string): { own: string; quoted: string | null } {
  const lines = text.trimEnd().split('\n')
  let start = lines.length
  while (start > 0 && (lines[start - 1]?.startsWith('>') || lines[start - 1]?.trim() === '')) start--
  if (!lines.slice(start).some((line) => line.startsWith('>'))) return { own: text.trimEnd(), quoted: null }
  while (start > 0 && /:\s*$/.test(lines[start - 1] ?? '') && (lines[start - 1] ?? '').length < 160) start--
  const own = lines.slice(0, start).join('\n').trimEnd()
  return own ? { own, quoted: lines.slice(start).join('\n').trim() } : { own: text.trimEnd(), quoted: null }
}
