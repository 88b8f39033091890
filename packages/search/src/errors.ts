import { defineRefusals } from '@hilo/kernel'

/** What the search refuses. */
export const SEARCH = defineRefusals({
  SEARCH_TOO_LONG: {
    data: { max: 'int' },
    en: 'A search has at most {max} characters.',
    es: 'Una búsqueda tiene como máximo {max} caracteres.',
    fix: 'Send a shorter text.',
  },
  SEARCH_TOO_MANY_FACETS: {
    data: { max: 'int' },
    en: 'A search counts at most {max} facets.',
    es: 'Una búsqueda cuenta como máximo {max} facetas.',
    fix: 'Ask for fewer facets at once.',
  },
  SEARCH_FACET_UNKNOWN: {
    data: { facet: 'string' },
    en: 'There is no facet {facet}.',
    es: 'No existe la faceta {facet}.',
    fix: 'Ask for category, collection, productType, price, available, or the code of a filterable attribute or of an option behind attribute: or option:.',
  },
  SEARCH_SORT_ATTRIBUTE_UNKNOWN: {
    data: { attribute: 'string' },
    en: 'There is no number and no date {attribute} to sort by.',
    es: 'No existe ningún número ni fecha {attribute} por el que ordenar.',
    fix: 'Send the code of a filterable attribute of the kind NUMBER or DATE with the sort ATTRIBUTE.',
  },
  SEARCH_FILTER_TOO_LARGE: {
    data: { max: 'int' },
    en: 'A search takes at most {max} conditions, and as many values in each.',
    es: 'Una búsqueda admite como máximo {max} condiciones, y otros tantos valores en cada una.',
    fix: 'Send fewer conditions or values.',
  },
  SYNONYM_INVALID: {
    data: { max: 'int', words: 'int' },
    en: 'A synonym has 1 to {max} terms of 1 to {words} words each: two that mean the same, or one with replacements.',
    es: 'Un sinónimo tiene de 1 a {max} términos de 1 a {words} palabras: dos que signifiquen lo mismo, o uno con sustitutos.',
    fix: 'Send terms with letters or digits within the limits; replacements only with ONE_WAY.',
  },
  SYNONYM_LANGUAGE_UNKNOWN: {
    data: { locale: 'string' },
    en: 'The shop does not write in {locale}.',
    es: 'La tienda no escribe en {locale}.',
    fix: 'Use one of the languages of the shop.',
  },
  TOO_MANY_SYNONYMS: {
    data: { max: 'int' },
    en: 'A language has at most {max} synonyms.',
    es: 'Un idioma tiene como máximo {max} sinónimos.',
    fix: 'Take away those that nobody needs.',
  },
})
