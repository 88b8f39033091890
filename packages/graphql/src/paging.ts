import { defineRefusals } from '@hilo/kernel'
import { registerRefusals } from './user-error.ts'

/** What can be wrong with `first` and `after`. */
export const PAGING = defineRefusals({
  INVALID_CURSOR: {
    data: {},
    en: 'This cursor is not one of this list.',
    es: 'Este cursor no es de esta lista.',
    fix: 'Start again without `after`, and pass on the endCursor or eventId as it was given.',
  },
  PAGE_SIZE_INVALID: {
    data: { first: 'int', max: 'int' },
    en: 'A page has 1 to {max} rows, not {first}.',
    es: 'Una página tiene de 1 a {max} filas, no {first}.',
    fix: 'Send `first` within the limits and page on with `after`.',
  },
})

registerRefusals(PAGING.catalogue)
