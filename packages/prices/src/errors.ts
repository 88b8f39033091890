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
    data: { validFrom: 'string', validUntil: 'string' },
    en: 'There is another price for this quantity in the list, valid from {validFrom} until {validUntil}.',
    es: 'Ya hay otro precio para esta cantidad en la lista, válido desde {validFrom} hasta {validUntil}.',
    fix: 'Choose times that do not overlap, or change that price.',
  },
  PERIOD_INVALID: {
    data: {},
    en: 'It would end before it starts.',
    es: 'Terminaría antes de empezar.',
    fix: 'Send a validUntil later than validFrom.',
  },
})
