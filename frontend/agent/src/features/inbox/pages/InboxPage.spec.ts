import { beforeEach, describe, expect, it } from 'vitest'
import { queryClient } from '@/queries'
import { problem, useFakeServer } from '@/testing/fakeServer'
import { allByRole, byRole, click, nameOf, openPage, press, says, settle } from '@/testing/desk'
import { aContext, anOrder, aRow, aSession, aTicket, aView, lucia, page, received, rocio } from '@/testing/world'
import { forgetDrafts } from '../composables/drafts'

describe('the inbox', () => {
  const server = useFakeServer()
  const marta = aRow('marta', 'Marta Gil', { assignee: lucia, tags: ['Transporte'] })
  const javier = aRow('javier', 'Javier Ortega', { unread: true })
  const ana = aRow('ana', 'Ana Cruz')

  beforeEach(() => {
    forgetDrafts()
    server.on('GET /views', page([aView('open', 3), aView('solved')]))
    server.on('GET /tickets', page([marta, javier, ana]))
    for (const row of [marta, javier, ana]) server.on(`GET /tickets/${row.id}`, aTicket(row))
    server.on('GET /tickets/*/context', aContext())
    server.on('GET /tickets/*/draft', null)
    server.on('PUT /tickets/*/read', null)
    server.on('GET /people', page([{ id: 'rocio', name: 'Rocío Leal', email: 'r@x.example', role: 'agent', party: { id: 'cs', name: 'Contacta Sur', kind: 'provider' }, teams: [], state: 'active' }]))
    server.on('GET /teams', page([]))
  })

  const options = () => allByRole('option').map(nameOf)
  const selected = () => allByRole('option').find((option) => option.getAttribute('aria-selected') === 'true')

  it('reads each row aloud: who, how, what, unread, whose', async () => {
    await openPage('/inbox/open')

    expect(options()).toEqual([
      'Marta Gil, Correo, Asunto de Marta Gil, Tú',
      'Javier Ortega, Correo, Asunto de Javier Ortega, sin leer, Sin asignar',
      'Ana Cruz, Correo, Asunto de Ana Cruz, Sin asignar',
    ])
  })

  it('goes up and down with J and K, and keeps the place in the address', async () => {
    const { router } = await openPage('/inbox/open/marta')
    await press('j')
    expect(router.currentRoute.value.path).toBe('/inbox/open/javier')
    await press('j')
    await press('j')
    expect(router.currentRoute.value.path).toBe('/inbox/open/ana')
    await press('k')
    expect(router.currentRoute.value.path).toBe('/inbox/open/javier')
    expect(selected() && nameOf(selected() as HTMLElement)).toContain('Javier')
  })

  it('moves in the list with the arrows, and Enter goes to the messages', async () => {
    const { router } = await openPage('/inbox/open/marta')
    byRole('listbox', 'Conversaciones').focus()
    await press('End')
    expect(router.currentRoute.value.path).toBe('/inbox/open/ana')
    await press('Enter')
    expect(document.activeElement?.getAttribute('role')).toBe('log')
  })

  it('leaves letters alone in a field', async () => {
    const { router } = await openPage('/inbox/open/marta')
    await press('r')
    expect(nameOf(document.activeElement as HTMLElement)).toBe('Responder a Marta Gil')
    await press('j')
    expect(router.currentRoute.value.path).toBe('/inbox/open/marta')
    await press('Escape')
    await press('j')
    expect(router.currentRoute.value.path).toBe('/inbox/open/javier')
  })

  it('tells the server once that a message was read, and forgets the dot', async () => {
    await openPage('/inbox/open/javier')
    await press('k')

    expect(server.sent('PUT /tickets/javier/read')).toHaveLength(1)
    expect(options()[1]).not.toContain('sin leer')
  })

  it('solves with E, shows the next one, and Z brings it back', async () => {
    server.on('PUT /tickets/marta/status', (request) => ({ ...marta, status: request.body.status }))
    const { router, wrapper } = await openPage('/inbox/open/marta')
    server.on('GET /tickets', page([javier, ana]))
    await press('e')

    expect(server.sent('PUT /tickets/marta/status')[0]?.body).toEqual({ status: 'solved' })
    expect(router.currentRoute.value.path).toBe('/inbox/open/javier')
    expect(says(wrapper)).toContain('Resuelta. Vas con Javier Ortega')

    server.on('GET /tickets', page([marta, javier, ana]))
    await press('z')
    expect(server.sent('PUT /tickets/marta/status')[1]?.body).toEqual({ status: 'open' })
    expect(router.currentRoute.value.path).toBe('/inbox/open/marta')
    expect(options()[0]).toContain('Marta')
  })

  it('puts a row back in its place, with the reason, when the server refuses', async () => {
    server.on('PUT /tickets/javier/status', problem(403, '/problems/not-allowed', 'Solo supervisión puede resolver esta.'))
    const { router, wrapper } = await openPage('/inbox/open/javier')
    await press('e')

    expect(options()[1]).toContain('Javier')
    expect(router.currentRoute.value.path).toBe('/inbox/open/javier')
    expect(says(wrapper)).toContain('Solo supervisión puede resolver esta.')
  })

  it('shows a tag at once and takes it back when the server refuses', async () => {
    let refuse!: () => void
    server.on('PUT /tickets/marta/tags', () => new Promise<Response>((resolve) => (refuse = () => resolve(problem(409, '/problems/conflict', 'Otra persona cambió las etiquetas.')))))
    await openPage('/inbox/open/marta')
    await click('button', 'Quitar Transporte')
    expect(() => byRole('button', 'Quitar Transporte')).toThrow('No button')

    refuse()
    await settle()
    byRole('button', 'Quitar Transporte')
    expect(nameOf(byRole('alert', /etiquetas/))).toBe('Otra persona cambió las etiquetas.')
  })

  it('assigns from the keyboard', async () => {
    server.on('PUT /tickets/marta/assignee', { ...marta, assignee: rocio })
    const { wrapper } = await openPage('/inbox/open/marta')
    await press('a')
    await settle()
    byRole('option', /^Rocío Leal/).dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await settle()

    expect(server.sent('PUT /tickets/marta/assignee')[0]?.body).toEqual({ personId: 'rocio', teamId: null })
    expect(says(wrapper)).toContain('Asignada a Rocío Leal')
  })

  it('queues new rows while the list has the focus, and lets them in when asked', async () => {
    await openPage('/inbox/open/marta')
    const list = byRole('listbox', 'Conversaciones')
    list.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
    server.on('GET /tickets', page([aRow('nerea', 'Nerea Sanz'), aRow('pilar', 'Pilar Hoyos'), marta, javier, ana]))
    await queryClient.invalidateQueries({ queryKey: ['tickets'] })
    await settle()

    expect(options()[0]).toContain('Marta')
    await click('button', '2 nuevas')
    expect(options()[0]).toContain('Nerea')
  })

  it('fetches the next page when the end comes near', async () => {
    const many = Array.from({ length: 50 }, (_, index) => aRow(`r${index}`, `Cliente ${index}`))
    server.on('GET /tickets', (request) => (request.query.get('cursor') ? page([aRow('last', 'El último')]) : page(many, 'c2')))
    await openPage('/inbox/open')
    const list = byRole('listbox', 'Conversaciones')
    expect(options().length).toBeLessThan(30)
    list.scrollTop = 50 * 72
    list.dispatchEvent(new Event('scroll'))
    await settle()

    expect(server.sent('GET /tickets').some((request) => request.query.get('cursor') === 'c2')).toBe(true)
  })

  it('says what to do when nothing is waiting, and when nothing was found', async () => {
    server.on('GET /tickets', page([]))
    server.on('GET /mailboxes', page([{}]))
    const { wrapper, router } = await openPage('/inbox/open')
    expect(says(wrapper)).toContain('Nada te espera')

    await router.push('/inbox/open?query=dv+3931')
    await settle()
    expect(says(wrapper)).toContain('Nada con «dv 3931»')
    byRole('link', 'Buscar en todas')
  })

  it('leads to the first mailbox when there is none', async () => {
    server.on('GET /tickets', page([]))
    server.on('GET /mailboxes', page([]))
    await openPage('/inbox/open')

    expect(byRole('link', 'Conectar un buzón').getAttribute('href')).toBe('/settings/mailboxes')
  })

  it('greys only the orders when the shop is down', async () => {
    server.on('GET /tickets/marta', aTicket({ ...marta, order: { id: 'order-AU-20418', number: 'AU-20418', status: 'delayed' } }))
    server.on('GET /tickets/marta/context', aContext([anOrder('AU-20418')], { stale: true, syncedAt: '2025-11-24T16:31:00Z', problem: 'La tienda contesta con un error.' }))
    const { wrapper } = await openPage('/inbox/open/marta')

    expect(says(wrapper)).toContain('La tienda no responde. La tienda contesta con un error.')
    expect(says(wrapper)).toContain('Con retraso')
    byRole('textbox', 'Responder a Marta Gil')
  })

  it('links another order when this is the wrong one', async () => {
    const [right, wrong] = [anOrder('AU-1'), anOrder('AU-2')]
    server.on('GET /tickets/marta', aTicket({ ...marta, order: { id: wrong.id, number: 'AU-2', status: 'delayed' } }))
    server.on('GET /tickets/marta/context', aContext([right, wrong]))
    server.on('PUT /tickets/marta/order', marta)
    await openPage('/inbox/open/marta')
    await click('button', '¿No es este pedido?')
    await click('button', /^AU-1/)

    expect(server.sent('PUT /tickets/marta/order')[0]?.body).toEqual({ orderId: right.id })
  })

  it('shows mail as its sender dressed it only inside a frame that may run nothing', async () => {
    server.on('GET /tickets/marta', aTicket(marta, [received('e', 'texto', 'Marta Gil', { html: { url: 'https://content.example/m/1', height: 900, withImagesUrl: null } })]))
    await openPage('/inbox/open/marta')
    const frame = document.querySelector('iframe')

    expect(frame?.getAttribute('sandbox')).toBe('allow-popups allow-popups-to-escape-sandbox')
    expect(frame?.title).toBe('Mensaje de Marta Gil')
    expect(frame?.style.height).toBe('480px')
    await click('button', 'Ver el mensaje entero')
    expect(frame?.style.height).toBe('900px')
  })

  it('hides what the role does not allow', async () => {
    await openPage('/inbox/open/marta', aSession(['ticket:read', 'ticket:note']))

    expect(() => byRole('button', 'Resolver')).toThrow('No button')
    expect(() => byRole('button', 'Asignar')).toThrow('No button')
    byRole('button', 'Nota')
  })
})
