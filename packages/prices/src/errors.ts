import { defineRefusals } from '@hilo/kernel'

/** What prices refuse. */
export const PRICE_REFUSALS = defineRefusals({
  AMOUNT_INVALID: {
    data: { min: 'int', max: 'string' },
    en: 'A price is a whole number of minor units from {min} to {max}.',
    es: 'Un precio es un número entero de unidades menores, de {min} a {max}.',
    fix: 'Send amountMinor within the limits: 12.50 € is 1250.',
  },
  PRICE_OVERLAPS: {
    data: {
      validFrom: 'string',
      validUntil: 'string',
      amount: 'money',
      minQuantity: 'int',
      priceId: 'string',
    },
    en: 'The list has another price from {minQuantity} on, {amount}, valid from {validFrom} until {validUntil}.',
    es: 'La lista ya tiene otro precio desde {minQuantity}, {amount}, válido desde {validFrom} hasta {validUntil}.',
    fix: 'Choose times that do not overlap, or change that price. priceId is empty when it stands in the same request.',
  },
  TIER_INVALID: {
    data: { minQuantity: 'int', maxQuantity: 'int' },
    en: 'A price from {minQuantity} on cannot end at {maxQuantity}.',
    es: 'Un precio desde {minQuantity} no puede terminar en {maxQuantity}.',
    fix: 'Send a maxQuantity that is not below minQuantity, or none.',
  },
  TOO_MANY_PRICES: {
    data: { max: 'int' },
    en: 'A variant has at most {max} prices in one list.',
    es: 'Una variante tiene como máximo {max} precios en una lista.',
    fix: 'Remove prices that are over, or use another list.',
  },
  TOO_MANY_ROWS: {
    data: { count: 'int', max: 'int' },
    en: 'A request takes at most {max} rows, not {count}.',
    es: 'Una petición admite como máximo {max} filas, no {count}.',
    fix: 'Send the rows in several requests.',
  },
  PRICE_LIST_CODE_INVALID: {
    data: {},
    en: 'The code of a price list is 1 to 60 small letters, digits, dashes and underscores.',
    es: 'El código de una lista de precios tiene de 1 a 60 minúsculas, cifras, guiones y guiones bajos.',
    fix: 'Send another code.',
  },
  PRICE_LIST_CODE_TAKEN: {
    data: { listCode: 'string' },
    en: 'There is a price list {listCode} already.',
    es: 'Ya existe una lista de precios {listCode}.',
    fix: 'Choose another code, or change that list.',
  },
  PRICE_LIST_NAME_INVALID: {
    data: { max: 'int' },
    en: 'A price list has a name of at most {max} characters.',
    es: 'Una lista de precios tiene un nombre de {max} caracteres como máximo.',
    fix: 'Send a name in at least one language.',
  },
  PRICE_LIST_ARCHIVED: {
    data: { listCode: 'string' },
    en: 'The price list {listCode} is archived and cannot be changed.',
    es: 'La lista de precios {listCode} está archivada y no se puede cambiar.',
    fix: 'Create a new price list.',
  },
  PRICE_LIST_IN_USE: {
    data: { lists: 'strings' },
    en: 'These price lists derive from it: {lists}.',
    es: 'Estas listas de precios derivan de ella: {lists}.',
    fix: 'Archive them first, or let them derive from another.',
  },
  TOO_MANY_PRICE_LISTS: {
    data: { max: 'int' },
    en: 'A shop has at most {max} price lists.',
    es: 'Una tienda tiene como máximo {max} listas de precios.',
    fix: 'Give several customers one list by a customer group or a segment.',
  },
  AUDIENCE_TOO_LARGE: {
    data: { max: 'int' },
    en: 'A price list names at most {max} of a kind.',
    es: 'Una lista de precios nombra como máximo {max} de cada clase.',
    fix: 'Use a wider audience: a market in place of its channels, a segment in place of groups.',
  },
  ADJUSTMENT_INVALID: {
    data: { min: 'int', max: 'int' },
    en: 'A price list takes from {min} to {max} millionths of another list’s prices off or on.',
    es: 'Una lista de precios quita o pone de {min} a {max} millonésimas a los precios de otra.',
    fix: 'Send adjustmentPpm within the limits: −10 % is −100000.',
  },
  DERIVATION_CYCLE: {
    data: { lists: 'strings' },
    en: 'A price list cannot derive from itself: {lists}.',
    es: 'Una lista de precios no puede derivar de sí misma: {lists}.',
    fix: 'Choose another list to derive from.',
  },
  DERIVATION_TOO_LONG: {
    data: { max: 'int' },
    en: 'Price lists derive from each other over at most {max} steps.',
    es: 'Las listas de precios derivan unas de otras en {max} pasos como máximo.',
    fix: 'Let it derive from a list nearer to the first one.',
  },
})
