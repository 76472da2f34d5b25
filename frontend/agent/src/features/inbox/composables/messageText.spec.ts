import { describe, expect, it } from 'vitest'
import { isAddress, linkify } from './messageText'

describe('the links of a message', () => {
  const links = (text: string) => linkify(text).filter((piece) => piece.href).map((piece) => piece.href)

  it('leaves the full stop and the bracket outside', () =>
    expect(links('Mira https://rutavia.example/r?id=1. (O https://otro.example/x)')).toEqual(['https://rutavia.example/r?id=1', 'https://otro.example/x']))

  it('writes to addresses', () => expect(links('Escribe a ana.cruz@correo.example, gracias')).toEqual(['mailto:ana.cruz@correo.example']))

  it.each(['javascript:alert(1)', 'data:text/html,x', '<a href="x">y</a>', 'file:///etc/passwd'])('makes no link of %s', (text) => expect(links(text)).toEqual([]))

  it('loses not a letter', () => {
    const text = 'Uno https://dos.example, tres\n\ncuatro@cinco.example seis'
    expect(linkify(text).map((piece) => piece.text).join('')).toBe(text)
  })
})

describe('an address', () => {
  it.each(['ana.cruz@correo.example', 'ñandú@correo.example'])('%s can be written to', (text) => expect(isAddress(text)).toBe(true))

  it.each(['', 'Ana Cruz', 'ana@', '@correo.example', 'ana@correo', 'ana cruz@correo.example', 'a@b@c.example', '<ana@correo.example>'])('«%s» cannot', (text) =>
    expect(isAddress(text)).toBe(false))
})
