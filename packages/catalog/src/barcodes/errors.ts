import { defineRefusals } from '@hilo/kernel'

/** What is refused of barcodes. */
export const BARCODE_REFUSALS = defineRefusals({
  BARCODE_INVALID: {
    data: { barcode: 'string', kind: 'string' },
    en: '{barcode} is not a code of the kind {kind}: wrong length, signs or check digit.',
    es: '{barcode} no es un código del tipo {kind}: longitud, signos o dígito de control incorrectos.',
    fix: 'Scan it again, or choose another kind.',
  },
  BARCODE_TAKEN: {
    data: { barcode: 'string', sku: 'string' },
    en: 'The code {barcode} belongs to the variant {sku}.',
    es: 'El código {barcode} pertenece a la variante {sku}.',
    fix: 'Take it away there first.',
  },
})
