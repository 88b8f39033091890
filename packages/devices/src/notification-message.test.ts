import { money } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { notificationMessage, type NotifiedOrder } from './notification-message.ts'

const order: NotifiedOrder = {
  number: 'H-100001',
  total: money(1_250n, 'EUR'),
  test: false,
  boughtBy: 'Coffee machine',
  cancelMinutes: 1_440,
}

test('an order of a device names the device, the total and how long it can be cancelled', () => {
  expect(notificationMessage('ORDER_PLACED', order, 'en')).toEqual({
    title: 'Order H-100001 placed',
    body: 'Coffee machine bought for €12.50. You can cancel it within 24 hours.',
  })
  expect(notificationMessage('ORDER_PLACED', order, 'es')).toEqual({
    title: 'Pedido H-100001 realizado',
    body: 'Coffee machine ha comprado por 12,50\u00a0€. Puedes cancelarlo en 24 horas.',
  })
})

test('an order of a person is theirs, a short window is in minutes, and none is not mentioned', () => {
  const body = (cancelMinutes: number) =>
    notificationMessage('ORDER_PLACED', { ...order, boughtBy: null, cancelMinutes }, 'en').body
  expect(body(90)).toBe('You bought for €12.50. You can cancel it within 90 minutes.')
  expect(body(1)).toBe('You bought for €12.50. You can cancel it within 1 minute.')
  expect(body(0)).toBe('You bought for €12.50.')
})

test('a test says that it is one', () => {
  expect(notificationMessage('ORDER_PLACED', { ...order, test: true }, 'en').title).toBe(
    'Test: Order H-100001 placed',
  )
})

test('what becomes of an order later is told too', () => {
  expect(notificationMessage('ORDER_CANCELLED', order, 'en').title).toBe('Order H-100001 cancelled')
  expect(notificationMessage('ORDER_FULFILLED', order, 'es').title).toBe('El pedido H-100001 está en camino')
})
