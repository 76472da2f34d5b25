const VARIABLE = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/g

/** How a text reads for an example customer; what is no variable stays as it is written, and is refused when it is saved. */
export function preview(text: string, values: Record<string, string>): string {
  return text.replace(VARIABLE, (written, name: string, otherwise?: string) => values[name] ?? otherwise?.trim() ?? written)
}
