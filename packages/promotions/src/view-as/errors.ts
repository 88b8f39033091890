import { defineRefusals } from '@hilo/kernel'

/** Things that one look prices at most. */
export const MAX_VIEWED = 200

/** Drafts that one look takes along at most. */
export const MAX_DRAFTS = 20

/** What looking at the shop as somebody else refuses. */
export const VIEWS = defineRefusals({
  TOO_MANY_TO_VIEW: {
    data: { count: 'int', max: 'int' },
    en: 'That is {count} at once; at most {max} can be looked at.',
    es: 'Son {count} a la vez; como máximo se pueden mirar {max}.',
    fix: 'Ask for fewer.',
  },
})
