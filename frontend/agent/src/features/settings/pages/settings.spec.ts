import { beforeEach, describe, expect, it } from 'vitest'
import type { Shop } from '@shared/api/types'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { allByRole, byRole, click, fill, nameOf, openPage, says, settle } from '@/testing/desk'
import { aSession, page } from '@/testing/world'

const submit = async (button: string) => {
  byRole('button', button).closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

const shop: Shop = { id: 's1', kind: 'generic', name: 'Mercadillo', url: null, state: 'connected', problem: null, syncedAt: null, orders: 1, webhookUrl: null, pushUrl: 'https://x.example/push' }

describe('the settings', () => {
  const server = useFakeServer()
  beforeEach(() => {
    server.on('GET /shops', page([shop]))
    server.on('GET /tokens', page([]))
    server.on('GET /people', page([]))
    server.on('GET /teams', page([]))
  })

  it('offer only what the role allows', async () => {
    await openPage('/settings', aSession(['ticket:read']))

    expect(allByRole('link').map(nameOf)).toEqual(['Tu perfil'])
    byRole('heading', 'Tu perfil')
  })

  it('keep templates, show how they read, and say where a variable is unknown', async () => {
    server.on('GET /templates', page([]))
    server.on('POST /templates', problem(422, '/problems/invalid-request', 'Revisa los campos.', { errors: [{ pointer: '/text', detail: 'No existe la variable customer.iban.' }] }))
    const { wrapper } = await openPage('/settings/templates')
    expect(says(wrapper)).toContain('Aún no hay plantillas')

    await click('button', 'Nueva plantilla')
    await fill('Texto', 'Hola {{customer.name|amigo}} {{customer.iban}}')
    expect(says(wrapper)).toContain('Hola Marta Gil {{customer.iban}}')
    await submit('Guardar')
    expect(says(wrapper)).toContain('No existe la variable customer.iban.')
  })

  it('say which lines of a file are no good', async () => {
    server.on('POST /shops/s1/imports', { accepted: 0, imported: false, encoding: 'UTF-8', rejected: [{ line: 4, field: 'total', detail: '«12,3.4» no es un importe.' }] })
    const { wrapper } = await openPage('/settings/shops')
    await click('button', 'Subir un archivo')
    const picker = document.querySelector<HTMLInputElement>('input[type="file"]')
    Object.defineProperty(picker, 'files', { value: [new File(['number,total\nA,12'], 'pedidos.csv')] })
    picker?.dispatchEvent(new Event('change'))
    await settle()

    const [request] = server.sent('POST /shops/s1/imports')
    expect(request?.headers.get('Content-Type')).toBe('text/csv')
    expect(request?.body).toBeInstanceOf(File) // byte for byte: the server finds out the encoding
    expect(says(wrapper)).toContain('No ha entrado nada: 1 línea no vale.')
    expect(says(wrapper)).toContain('4total«12,3.4» no es un importe.')
  })

  it('show a token once', async () => {
    server.on('POST /tokens', { id: 'k', name: 'ERP', createdAt: '2025-11-24T10:00:00Z', lastUsedAt: null, secret: 'rlv_abc' })
    const { wrapper } = await openPage('/settings/tokens')
    await fill('Nombre', 'ERP')
    await submit('Crear clave')

    expect(says(wrapper)).toContain('Copia ahora la clave de ERP')
    expect(says(wrapper)).toContain('rlv_abc')
  })

  it('switch single keys off', async () => {
    await openPage('/settings/profile')
    byRole('switch', '').click()
    await settle()

    expect(localStorage.getItem('relevo.single-keys')).toBe('off')
    byRole('switch', '').click()
  })
})
