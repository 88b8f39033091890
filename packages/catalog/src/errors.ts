import { defineRefusals } from '@hilo/kernel'

/** What the catalogue refuses. Other slices check their texts with it too. */
export const CATALOG_REFUSALS = defineRefusals({
  TEXT_MISSING: {
    data: {},
    en: 'This text cannot be empty.',
    es: 'Este texto no puede estar vacío.',
    fix: 'Send a text.',
  },
  TEXT_TOO_LONG: {
    data: { length: 'int', max: 'int' },
    en: 'This text has {length} characters; at most {max} are possible.',
    es: 'Este texto tiene {length} caracteres; como máximo son posibles {max}.',
    fix: 'Shorten the text.',
  },
  TEXT_INVALID: {
    data: {},
    en: 'This text has control characters, or halves of characters.',
    es: 'Este texto tiene caracteres de control o caracteres incompletos.',
    fix: 'Take out the characters that cannot be seen.',
  },
  SLUG_INVALID: {
    data: { slug: 'string' },
    en: '{slug} cannot be used: only a-z, 0-9 and single dashes are, at most 200.',
    es: '{slug} no sirve: solo a-z, 0-9 y guiones sueltos, como máximo 200.',
    fix: 'Send another, such as espresso-beans.',
  },
  SLUG_TAKEN: {
    data: { slug: 'string' },
    en: 'The slug {slug} is taken.',
    es: 'El slug {slug} ya está en uso.',
    fix: 'Choose another slug.',
  },
  SKU_INVALID: {
    data: { sku: 'string' },
    en: '{sku} is not a SKU: use 1 to 64 characters without spaces around them.',
    es: '{sku} no es un SKU: usa de 1 a 64 caracteres, sin espacios alrededor.',
    fix: 'Send another SKU.',
  },
  SKU_TAKEN: {
    data: { sku: 'string' },
    en: 'The SKU {sku} is taken.',
    es: 'El SKU {sku} ya está en uso.',
    fix: 'Choose another SKU.',
  },
  URL_INVALID: {
    data: { url: 'string' },
    en: '{url} is neither an address on the web nor a path that starts with /.',
    es: '{url} no es ni una dirección web ni una ruta que empiece por /.',
    fix: 'Send an https address, or a path that starts with /, of at most 2,000 characters.',
  },
  TOO_MANY: {
    data: { count: 'int', max: 'int' },
    en: 'These are {count}; at most {max} are possible.',
    es: 'Son {count}; como máximo son posibles {max}.',
    fix: 'Send fewer.',
  },
  CATEGORY_CYCLE: {
    data: { slug: 'string' },
    en: 'The category {slug} would stand inside itself.',
    es: 'La categoría {slug} quedaría dentro de sí misma.',
    fix: 'Choose a parent that is not below this category.',
  },
  CATEGORY_TOO_DEEP: {
    data: { max: 'int' },
    en: 'The category tree has at most {max} levels.',
    es: 'El árbol de categorías tiene como máximo {max} niveles.',
    fix: 'Choose a parent nearer to the root.',
  },
  OPTION_TAKEN: {
    data: { option: 'string' },
    en: 'The code {option} stands there twice.',
    es: 'El código {option} está dos veces.',
    fix: 'Choose another code.',
  },
  OPTION_VALUES_CONFLICT: {
    data: { sku: 'string' },
    en: 'The variant {sku} would have two values of one option.',
    es: 'La variante {sku} tendría dos valores de una misma opción.',
    fix: 'Send at most one value of each option.',
  },
  CATEGORY_NOT_EMPTY: {
    data: { slug: 'string', children: 'int', products: 'int' },
    en: 'The category {slug} still has {children} categories and {products} products.',
    es: 'La categoría {slug} todavía tiene {children} categorías y {products} productos.',
    fix: 'Move them first, or send content: MOVE_UP.',
  },
  CATEGORY_SIBLING: {
    data: { slug: 'string' },
    en: 'The category {slug} does not stand there.',
    es: 'La categoría {slug} no está ahí.',
    fix: 'Name a category with the same parent, other than the one that moves.',
  },
  RULE_INVALID: {
    data: { reason: 'sentence' },
    en: 'The rule cannot be used: {reason}.',
    es: 'La regla no se puede usar: {reason}.',
    fix: 'Change what the path points to.',
  },
  COLLECTION_BY_RULE: {
    data: { slug: 'string' },
    en: 'A rule says which products are in {slug}.',
    es: 'Una regla dice qué productos están en {slug}.',
    fix: 'Change the rule, or take it away to choose by hand.',
  },
  PRODUCT_NOT_IN_COLLECTION: {
    data: { slug: 'string', product: 'string' },
    en: 'The product {product} is not in {slug}.',
    es: 'El producto {product} no está en {slug}.',
    fix: 'Add it first.',
  },
  PRODUCT_ARCHIVED: {
    data: { slug: 'string' },
    en: 'The product {slug} is archived.',
    es: 'El producto {slug} está archivado.',
    fix: 'Give it another status first.',
  },
  FILTER_TOO_LARGE: {
    data: { max: 'int' },
    en: 'A filter has at most {max} parts, nested at most 8 deep.',
    es: 'Un filtro tiene como máximo {max} partes, anidadas hasta 8 niveles.',
    fix: 'Ask in several requests.',
  },
})
