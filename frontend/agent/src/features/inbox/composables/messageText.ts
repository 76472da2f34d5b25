export interface Piece {
  text: string
  href: string | null
}

const LINK = /https?:\/\/[^\s<>"']+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const ADDRESS = /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+$/
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

/** Whether mail can be sent there, as far as its shape tells. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text)
}
