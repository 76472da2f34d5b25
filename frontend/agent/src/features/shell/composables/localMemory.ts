/** The browser's own memory, which may be switched off or full: then we simply forget. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`relevo.${name}`)
  } catch {
    return null
  }
}

export function remember(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(`relevo.${name}`)
    else localStorage.setItem(`relevo.${name}`, value)
    return true
  } catch {
    return false
  }
}
