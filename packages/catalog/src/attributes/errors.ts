import { defineRefusals } from '@hilo/kernel'

/** What is refused about attributes, product types and the values of products. */
export const ATTRIBUTE_REFUSALS = defineRefusals({
  ATTRIBUTE_CODE_TAKEN: {
    data: { attribute: 'string' },
    en: 'There is an attribute {attribute} already.',
    es: 'Ya existe un atributo {attribute}.',
    fix: 'Choose another code, or share the attribute that is there.',
  },
  ATTRIBUTE_SETTING_INVALID: {
    data: { setting: 'string', kind: 'string' },
    en: 'An attribute of the kind {kind} cannot have this {setting}.',
    es: 'Un atributo de tipo {kind} no puede tener este {setting}.',
    fix: 'Leave the setting out, or choose another kind or value.',
  },
  ATTRIBUTE_KIND_FIXED: {
    data: { attribute: 'string', products: 'int' },
    en: '{products} products have a value of {attribute}: its kind and whether it is localised stay.',
    es: '{products} productos tienen un valor de {attribute}: ni su tipo ni si está localizado pueden cambiar.',
    fix: 'Make another attribute, and move the values over.',
  },
  ATTRIBUTE_LIMITS_BROKEN: {
    data: { attribute: 'string', products: 'int' },
    en: '{products} products have a value of {attribute} outside of these limits.',
    es: '{products} productos tienen un valor de {attribute} fuera de estos límites.',
    fix: 'Correct those values first, or set wider limits.',
  },
  ATTRIBUTE_IN_USE: {
    data: { attribute: 'string', products: 'int' },
    en: '{products} products have a value of {attribute}.',
    es: '{products} productos tienen un valor de {attribute}.',
    fix: 'Take the values away first; a product type can take them along with removeValues.',
  },
  ATTRIBUTE_IN_RULES: {
    data: { attribute: 'string', collections: 'strings' },
    en: 'Rules of collections name {attribute}: {collections}.',
    es: 'Hay reglas de colecciones que nombran {attribute}: {collections}.',
    fix: 'Change those rules first; then the attribute can go, change its code, or stop being filterable.',
  },
  CHOICE_IN_USE: {
    data: { choice: 'string', products: 'int' },
    en: '{products} products have the choice {choice}.',
    es: '{products} productos tienen la opción {choice}.',
    fix: 'Give them another choice first.',
  },
  PRODUCT_TYPE_CODE_TAKEN: {
    data: { productType: 'string' },
    en: 'There is a product type {productType} already.',
    es: 'Ya existe un tipo de producto {productType}.',
    fix: 'Choose another code.',
  },
  PRODUCT_TYPE_IN_USE: {
    data: { productType: 'string', products: 'int' },
    en: '{products} products are of the type {productType}.',
    es: '{products} productos son del tipo {productType}.',
    fix: 'Give them another type first.',
  },
  ATTRIBUTE_MISSING: {
    data: { attribute: 'string', products: 'int' },
    en: '{products} published products have no value of {attribute}, or a variant of theirs has none.',
    es: '{products} productos publicados no tienen valor de {attribute}, o una variante suya no lo tiene.',
    fix: 'Give them values first; then it can be required.',
  },
  ATTRIBUTE_REQUIRED: {
    data: { attributes: 'strings' },
    en: 'What is published has to say: {attributes}.',
    es: 'Lo publicado tiene que indicar: {attributes}.',
    fix: 'Send a value of each, or keep the product a draft.',
  },
  ATTRIBUTE_UNKNOWN: {
    data: { attribute: 'string' },
    en: 'There is no attribute {attribute} here.',
    es: 'Aquí no hay ningún atributo {attribute}.',
    fix: 'Send an attribute of the product’s type, at its level: of the product, or of the variants.',
  },
  ATTRIBUTE_NOT_FILTERABLE: {
    data: { attribute: 'string' },
    en: 'Lists cannot be filtered by {attribute}.',
    es: 'No se puede filtrar por {attribute}.',
    fix: 'Make the attribute filterable, or filter by another.',
  },
  ATTRIBUTE_VALUE_INVALID: {
    data: { attribute: 'string', kind: 'string', expected: 'string' },
    en: '{attribute} is of the kind {kind}: it takes {expected}.',
    es: '{attribute} es de tipo {kind}: admite {expected}.',
    fix: 'Send one value, in the field that is expected.',
  },
  ATTRIBUTE_OUT_OF_RANGE: {
    data: { attribute: 'string', value: 'string', range: 'string' },
    en: '{value} is not possible for {attribute}: {range}.',
    es: '{value} no es posible para {attribute}: {range}.',
    fix: 'Send a number within the limits.',
  },
  CHOICE_UNKNOWN: {
    data: { attribute: 'string', choice: 'string' },
    en: '{attribute} has no choice {choice}.',
    es: '{attribute} no tiene la opción {choice}.',
    fix: 'Send the code of a choice of the attribute.',
  },
})
