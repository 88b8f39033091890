import { defineRefusals } from '@hilo/kernel'

/** What orders refuse, beside what carts, promotions and inventory do. */
export const ORDERS = defineRefusals({
  CART_ALREADY_ORDERED: {
    data: { orderId: 'string', number: 'string' },
    en: 'This cart was ordered already: it became the order {number}.',
    es: 'Este carrito ya se ha pedido: es el pedido {number}.',
    fix: 'Show that order; for another purchase go on with a new cart.',
  },
  EMAIL_REQUIRED: {
    data: {},
    en: 'An order without an account needs an e-mail address.',
    es: 'Un pedido sin cuenta necesita un correo electrónico.',
    fix: 'Send email with orderPlace, set it with cartUpdate, or sign in.',
  },
  ILLEGAL_TRANSITION: {
    data: { from: 'string', to: 'string', allowed: 'strings' },
    en: 'An order that is {from} cannot become {to}.',
    es: 'Un pedido en estado {from} no puede pasar a {to}.',
    fix: 'Read the order again: `allowed` says what it can become.',
  },
  CANCEL_WINDOW_PASSED: {
    data: { cancelBy: 'time' },
    en: 'This order could be cancelled until {cancelBy}.',
    es: 'Este pedido se podía cancelar hasta {cancelBy}.',
    fix: 'Ask the staff of the shop, or return the goods.',
  },
  ORDER_DOWNLOADED: {
    data: {},
    en: 'A file of this order was downloaded, so it cannot be taken back.',
    es: 'Se ha descargado un archivo de este pedido, así que ya no se puede devolver.',
    fix: 'Ask the staff of the shop.',
  },
  CANCEL_REASON_TOO_LONG: {
    data: { max: 'int' },
    en: 'A reason has at most {max} characters.',
    es: 'Un motivo tiene como máximo {max} caracteres.',
    fix: 'Shorten the reason.',
  },
  SIMULATION_INVALID: {
    data: { reason: 'sentence' },
    en: '{reason}',
    es: '{reason}',
    fix: 'Correct the field named by path.',
  },
  SIMULATIONS_TOO_MANY: {
    data: { max: 'int' },
    en: '{max} simulations wait or run already.',
    es: 'Ya hay {max} simulaciones en espera o en marcha.',
    fix: 'Wait for one of them, or cancel it.',
  },
  FILTER_TOO_DEEP: {
    data: { max: 'int' },
    en: 'This filter of orders has more than {max} parts.',
    es: 'Este filtro de pedidos tiene más de {max} partes.',
    fix: 'Ask in several requests.',
  },
})
