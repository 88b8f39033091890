import { defineRefusals } from '@hilo/kernel'

/** The most pieces of a variant that one location can hold: a larger number is a mistake. */
export const MAX_ON_HAND = 1_000_000_000

/** What the inventory refuses. */
export const INVENTORY = defineRefusals({
  OUT_OF_STOCK: {
    data: { sku: 'string', requested: 'int', available: 'int' },
    en: 'There are not enough of {sku}: {requested} wanted, {available} available.',
    es: 'No hay suficientes unidades de {sku}: se piden {requested} y hay {available}.',
    fix: 'Lower the quantity to what is available, or try again when there is more.',
  },
  STOCK_NEGATIVE: {
    data: { onHand: 'int' },
    en: 'Stock on hand cannot be {onHand}: the least is 0.',
    es: 'Las existencias no pueden ser {onHand}: lo mínimo es 0.',
    fix: 'Send a count of 0 or more, or take away less.',
  },
  STOCK_BELOW_RESERVED: {
    data: { onHand: 'int', reserved: 'int' },
    en: 'Stock on hand cannot be {onHand}, since {reserved} are reserved for orders.',
    es: 'Las existencias no pueden ser {onHand}, porque hay {reserved} reservadas para pedidos.',
    fix: 'Cancel or ship orders first, or keep at least what is reserved.',
  },
  STOCK_TOO_LARGE: {
    data: { max: 'int' },
    en: 'A location holds at most {max} of a variant.',
    es: 'Una ubicación admite como máximo {max} unidades de una variante.',
    fix: 'Check the number for a typing mistake.',
  },
  STOCK_DELTA_ZERO: {
    data: {},
    en: 'A change of 0 changes nothing.',
    es: 'Un cambio de 0 no cambia nada.',
    fix: 'Send how many came (positive) or went (negative).',
  },
})
