import { defineRefusals } from '@hilo/kernel'

/** What is refused of versions and drafts. */
export const VERSION_REFUSALS = defineRefusals({
  DRAFT_CONFLICT: {
    data: { base: 'int', current: 'int', fields: 'string' },
    en: 'Since version {base}, which the draft was made from, others changed {fields}: it is at version {current}.',
    es: 'Desde la versión {base}, de la que salió el borrador, otros cambiaron {fields}: está en la versión {current}.',
    fix: 'Look at the difference, and save the draft again from the current version.',
  },
  DRAFT_EMPTY: {
    data: {},
    en: 'There is no draft of this product, or it changes nothing.',
    es: 'No hay borrador de este producto, o no cambia nada.',
    fix: 'Save a draft first.',
  },
  PUBLISH_AT_PAST: {
    data: {},
    en: 'This moment has passed.',
    es: 'Este momento ya ha pasado.',
    fix: 'Send a later one, or publish at once.',
  },
})
