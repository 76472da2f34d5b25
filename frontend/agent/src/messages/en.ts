const files = import.meta.glob<Record<string, unknown>>('../features/*/en.json', { eager: true, import: 'default' })

/** Every feature's texts under the feature's name. */
export const messages = Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.split('/')[2], texts])) as Record<
  string,
  Record<string, unknown>
>
