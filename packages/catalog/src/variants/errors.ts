import { defineRefusals } from '@hilo/kernel'

/** What is refused about variants, options and their values. */
export const VARIANT_REFUSALS = defineRefusals({
  VARIANT_COMBINATION_TAKEN: {
    data: { sku: 'string' },
    en: 'Another variant of this product has the same option values as {sku}.',
    es: 'Otra variante de este producto tiene los mismos valores de opción que {sku}.',
    fix: 'Choose other values, or change the variant that has them.',
  },
  VARIANT_IN_USE: {
    data: { heldBy: 'sentence' },
    en: 'These variants cannot be deleted: one of them stands in {heldBy}.',
    es: 'Estas variantes no se pueden eliminar: alguna de ellas figura en {heldBy}.',
    fix: 'Archive them: nobody sees or buys them any more, and orders and carts go on naming them.',
  },
  PRODUCT_IN_USE: {
    data: { heldBy: 'sentence' },
    en: 'This product cannot be deleted: it stands in {heldBy}.',
    es: 'Este producto no se puede eliminar: figura en {heldBy}.',
    fix: 'Give it the status ARCHIVED: nobody sees or buys it any more, and orders and carts go on naming it.',
  },
  OPTION_VALUE_IN_USE: {
    data: { option: 'string', variants: 'int' },
    en: '{variants} variants have the value {option}.',
    es: '{variants} variantes tienen el valor {option}.',
    fix: 'Archive or change those variants first.',
  },
  OPTION_VALUES_MISSING: {
    data: { option: 'string' },
    en: 'The option {option} has no values to combine.',
    es: 'La opción {option} no tiene valores que combinar.',
    fix: 'Add values to every option of the product, and name at least one of each.',
  },
  SKU_PATTERN_INVALID: {
    data: { placeholder: 'string' },
    en: 'The pattern names {placeholder}, which is no option of the product.',
    es: 'El patrón nombra {placeholder}, que no es una opción del producto.',
    fix: 'Name each option once, such as TSHIRT-{size}-{color}.',
  },
  SKU_PATTERN_LACKS_OPTION: {
    data: { option: 'string' },
    en: 'The pattern leaves the option {option} out, so that variants would have one SKU.',
    es: 'El patrón deja fuera la opción {option}, y varias variantes tendrían el mismo SKU.',
    fix: 'Name each option once, such as TSHIRT-{size}-{color}.',
  },
})
