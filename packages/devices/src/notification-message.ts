import { formatMoney, type Locale, type Money } from '@hilo/kernel'

/** What a customer is told of, by the event behind it. */
export const NOTIFICATION_KINDS = {
  'OrderPlaced.v1': 'ORDER_PLACED',
  'OrderCancelled.v1': 'ORDER_CANCELLED',
  'OrderFulfilled.v1': 'ORDER_FULFILLED',
} as const

/** What a customer is told of. */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[keyof typeof NOTIFICATION_KINDS]

/** The facts of a message for programs, as JSON. */
export interface NotificationData {
  /** Public id of the order. */
  readonly orderId: string
  readonly number: string
  readonly total: { readonly amountMinor: number; readonly currency: string }
  /** ISO 8601. */
  readonly cancelBy: string
  readonly actions: readonly string[]
}

/** The order that a customer is told of. */
export interface NotifiedOrder {
  readonly number: string
  readonly total: Money
  readonly test: boolean
  /** Name of the device that bought; null when a person did. */
  readonly boughtBy: string | null
  readonly cancelMinutes: number
}

const span = (minutes: number, locale: Locale): string => {
  const inHours = minutes >= 120
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: inHours ? 'hour' : 'minute',
    unitDisplay: 'long',
  })
  return format.format(Math.floor(inHours ? minutes / 60 : minutes))
}

interface Words {
  readonly title: Record<NotificationKind, (number: string) => string>
  readonly test: string
  readonly bought: (by: string | null, total: string) => string
  readonly cancellable: (within: string) => string
  readonly cancelled: (total: string) => string
  readonly fulfilled: (total: string) => string
}

const WORDS: Record<Locale, Words> = {
  en: {
    title: {
      ORDER_PLACED: (number) => `Order ${number} placed`,
      ORDER_CANCELLED: (number) => `Order ${number} cancelled`,
      ORDER_FULFILLED: (number) => `Order ${number} is on its way`,
    },
    test: 'Test: ',
    bought: (by, total) => (by ? `${by} bought for ${total}.` : `You bought for ${total}.`),
    cancellable: (within) => ` You can cancel it within ${within}.`,
    cancelled: (total) => `Its ${total} will not be charged.`,
    fulfilled: (total) => `Your order of ${total} has left us.`,
  },
  es: {
    title: {
      ORDER_PLACED: (number) => `Pedido ${number} realizado`,
      ORDER_CANCELLED: (number) => `Pedido ${number} cancelado`,
      ORDER_FULFILLED: (number) => `El pedido ${number} está en camino`,
    },
    test: 'Prueba: ',
    bought: (by, total) => (by ? `${by} ha comprado por ${total}.` : `Has comprado por ${total}.`),
    cancellable: (within) => ` Puedes cancelarlo en ${within}.`,
    cancelled: (total) => `No se cobrarán sus ${total}.`,
    fulfilled: (total) => `Tu pedido de ${total} ha salido.`,
  },
}

/** What a small screen shows of an order, in the customer's language. */
export const notificationMessage = (
  kind: NotificationKind,
  order: NotifiedOrder,
  locale: Locale,
): { readonly title: string; readonly body: string } => {
  const words = WORDS[locale]
  const total = formatMoney(order.total, locale)
  const cancellable = order.cancelMinutes > 0 ? words.cancellable(span(order.cancelMinutes, locale)) : ''
  const body = {
    ORDER_PLACED: words.bought(order.boughtBy, total) + cancellable,
    ORDER_CANCELLED: words.cancelled(total),
    ORDER_FULFILLED: words.fulfilled(total),
  }
  return { title: (order.test ? words.test : '') + words.title[kind](order.number), body: body[kind] }
}
