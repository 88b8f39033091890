import { defineRefusals } from '@hilo/kernel'

/** What comparing prices refuses. */
export const PARITY = defineRefusals({
  PARITY_TOO_LARGE: {
    data: { max: 'int' },
    en: 'A comparison has at least one viewer and at most {max} cells: variants times channels, segments, devices and times.',
    es: 'Una comparación tiene al menos un observador y como máximo {max} celdas: variantes por canales, segmentos, dispositivos y momentos.',
    fix: 'Compare fewer variants, or for fewer viewers.',
  },
  PARITY_TARGET_INVALID: {
    data: {},
    en: 'A comparison is of variants, of a category or of a collection: of exactly one of them.',
    es: 'Una comparación es de variantes, de una categoría o de una colección: de exactamente una de ellas.',
    fix: 'Send one of variantIds, categoryId and collectionId.',
  },
  PARITY_DIMENSION_TOO_LARGE: {
    data: { max: 'int' },
    en: 'A dimension of a comparison has at most {max} values.',
    es: 'Una dimensión de una comparación tiene como máximo {max} valores.',
    fix: 'Compare in several requests.',
  },
  PARITY_WATCH_LIMIT: {
    data: { max: 'int' },
    en: 'At most {max} comparisons can be watched.',
    es: 'Se pueden vigilar como máximo {max} comparaciones.',
    fix: 'Delete one that is no longer needed.',
  },
  PARITY_WATCH_INVALID: {
    data: { field: 'string' },
    en: 'The field {field} of this watch is not possible.',
    es: 'El campo {field} de esta vigilancia no es posible.',
    fix: 'A name has 1 to 200 characters; a tolerance is from 0 to 1,000,000 parts per million; hours are from 0 to 8,760.',
  },
})
