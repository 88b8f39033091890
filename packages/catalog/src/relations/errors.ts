import { defineRefusals } from '@hilo/kernel'

/** What is refused of related products. */
export const RELATION_REFUSALS = defineRefusals({
  RELATION_TO_ITSELF: {
    data: {},
    en: 'A product cannot be related to itself.',
    es: 'Un producto no puede estar relacionado consigo mismo.',
    fix: 'Take it out of the list.',
  },
  RELATIONS_FULL: {
    data: { max: 'int' },
    en: 'This product already has {max} products of the kind, so it cannot be related back.',
    es: 'Este producto ya tiene {max} productos de ese tipo, así que no se puede relacionar a la inversa.',
    fix: 'Take some out there, or relate one way only.',
  },
})
