import { describe, expect, it } from 'vitest'
import { elapsed, fileSize, initials, money, relativeTime, shortTime } from './format'

const now = Date.parse('2025-11-24T16:42:00Z')
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('what people read', () => {
  it.each([
    ['2025-11-24T16:41:19Z', '41 s'],
    ['2025-11-24T16:24:00Z', '18 min'],
    ['2025-11-24T13:40:00Z', '3 h'],
    ['2025-11-21T13:40:00Z', '3 días'],
  ])('says how long %s lasts', (since, words) => expect(plain(elapsed(since, 'es', now))).toBe(words))

  it.each([
    ['2025-11-24T16:37:00Z', 'hace 5 minutos'],
    ['2025-11-24T14:42:00Z', 'hace 2 horas'],
    ['2025-11-20T14:42:00Z', '20 nov'],
  ])('says when %s was: relative under a day', (at, words) => expect(relativeTime(at, 'es', now)).toBe(words))

  it('adds the year when it is another one', () => expect(shortTime('2024-02-03T10:00:00Z', 'es', now)).toBe('3 feb 2024'))

  it('writes money as each language does', () => {
    expect(plain(money({ amount: '64.90', currency: 'EUR' }, 'es'))).toBe('64,90 €')
    expect(money({ amount: '64.90', currency: 'EUR' }, 'en')).toBe('€64.90')
  })

  it('keeps amounts exact that a float would not hold', () =>
    expect(plain(money({ amount: '9007199254740993.01', currency: 'EUR' }, 'es'))).toBe('9.007.199.254.740.993,01 €'))

  it.each([[500, '1 kB'], [1_800, '1,8 kB'], [182_000, '178 kB'], [3_500_000, '3,3 MB']])('says the size of %d bytes', (bytes, words) =>
    expect(plain(fileSize(bytes, 'es'))).toBe(words))

  it.each([['Marta Gil', 'MG'], ['Ana Belén Cruz', 'AC'], ['marta@correo.example', 'ME'], ['', '?']])('shortens %s', (name, short) =>
    expect(initials(name)).toBe(short))
})
