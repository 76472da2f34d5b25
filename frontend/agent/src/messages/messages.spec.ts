import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { messages as en } from './en'
import { messages as es } from './es'

type Texts = Record<string, unknown>

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + key, value)
    else for (const [inner, text] of flatten(value as Texts, `${prefix}${key}.`)) flat.set(inner, text)
  }
  return flat
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.spec.ts') ? [path] : []
  })
}

const spanish = flatten(es)
const english = flatten(en)
const placeholders = (text: string | undefined) => [...new Set(text?.match(/\{\w+\}/g) ?? [])].sort()

describe('the texts', () => {
  it('are the same in Spanish and English, key by key', () => expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort()))

  it('fill in the same values and count the same way', () => {
    const shape = (text = '') => ({ values: placeholders(text), forms: text.split(' | ').length })
    const different = [...spanish.keys()].filter((key) => JSON.stringify(shape(spanish.get(key))) !== JSON.stringify(shape(english.get(key))))
    expect(different).toEqual([])
  })

  it('cover every key that a source names', () => {
    const missing = sources('agent/src').flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\('([\w.-]+)'/g)].map((match) => match[1] as string).filter((key) => !spanish.has(key)).map((key) => `${path}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  it('stay out of the templates', () => {
    const strays = sources('agent/src').filter((path) => path.endsWith('.vue')).flatMap((path) => {
      const template = /<template>([\s\S]*)<\/template>/.exec(readFileSync(path, 'utf8'))?.[1] ?? ''
      const texts = template.replace(/<kbd[\s\S]*?<\/kbd>/g, '').replace(/\{\{[\s\S]*?\}\}/g, '').replace(/"[^"]*"/g, '""').replace(/<[^>]*>/g, '|')
      return texts.split('|').map((text) => text.trim()).filter((text) => /\p{L}{3,}/u.test(text)).map((text) => `${path}: ${text}`)
    })
    expect(strays).toEqual([])
  })
})
