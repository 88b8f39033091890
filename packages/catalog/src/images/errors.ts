import { defineRefusals } from '@hilo/kernel'

/** What pictures of products refuse. */
export const IMAGE_REFUSALS = defineRefusals({
  ASSET_NOT_SHOWN: {
    data: { fileName: 'string' },
    en: '{fileName} is no public picture.',
    es: '{fileName} no es una imagen pública.',
    fix: 'Upload a picture with the visibility PUBLIC.',
  },
  IMAGE_ORDER_INCOMPLETE: {
    data: { images: 'int' },
    en: 'An order names each of the {images} pictures of the product once.',
    es: 'Un orden nombra una vez cada una de las {images} imágenes del producto.',
    fix: 'Send the ids of all pictures in their new order.',
  },
})
