import { defineRefusals } from '@hilo/kernel'

/** What is refused about kinds of goods: measures, bundles and digital files. */
export const GOODS_REFUSALS = defineRefusals({
  MEASURE_INVALID: {
    data: { field: 'string' },
    en: 'The {field} of this measure cannot be: scale is 0 to 6; minimum and maximum are multiples of the step, in units of 10^-scale, up to 1,000,000.',
    es: 'El campo {field} de esta medida no es posible: scale va de 0 a 6; minimum y maximum son múltiplos de step, en unidades de 10^-scale, hasta 1.000.000.',
    fix: 'Correct the field, such as scale 3, step 10, minimum 100 for kilograms in steps of 10 g from 100 g.',
  },
  MEASURE_IN_USE: {
    data: { sku: 'string' },
    en: '{sku} has stock, carts or orders that are counted as it is measured now: its unit and scale stay.',
    es: '{sku} tiene existencias, carritos o pedidos contados con la medida actual: su unidad y su escala no cambian.',
    fix: 'Make another variant with the other measure, and archive this one.',
  },
  QUANTITY_NOT_SOLD: {
    data: {
      sku: 'string',
      quantity: 'int',
      wanted: 'string',
      nearest: 'strings',
      below: 'int',
      above: 'int',
    },
    en: '{wanted} of {sku} cannot be sold; the nearest are: {nearest}.',
    es: 'No se pueden vender {wanted} de {sku}; las cantidades más próximas son: {nearest}.',
    fix: 'Send below or above as the quantity: both are in the units of Variant.measure.',
  },
  CONTENT_INVALID: {
    data: { unit: 'string' },
    en: 'A content is 1 to 1,000,000 {unit}, and its reference an amount of the same kind.',
    es: 'Un contenido es de 1 a 1.000.000 {unit}, y su referencia una cantidad del mismo tipo.',
    fix: 'Send whole numbers, in a smaller unit when needed, and do not mix masses and volumes.',
  },
  BUNDLE_COMPONENT_IS_BUNDLE: {
    data: { sku: 'string' },
    en: '{sku} is itself a bundle: a bundle is made of goods, not of bundles.',
    es: '{sku} es a su vez un lote: un lote se compone de artículos, no de otros lotes.',
    fix: 'Name the components of that bundle instead.',
  },
  BUNDLE_IS_COMPONENT: {
    data: { sku: 'string', bundle: 'string' },
    en: '{sku} is a component of {bundle}, so it cannot be a bundle itself.',
    es: '{sku} es un componente de {bundle}, así que no puede ser un lote.',
    fix: 'Take it out of that bundle, or make another variant the bundle.',
  },
  BUNDLE_COMPONENT_TWICE: {
    data: { sku: 'string' },
    en: '{sku} stands twice in this bundle.',
    es: '{sku} aparece dos veces en este lote.',
    fix: 'Name it once, with the whole quantity.',
  },
  BUNDLE_OF_ITSELF: {
    data: { sku: 'string' },
    en: '{sku} cannot be a component of itself.',
    es: '{sku} no puede ser un componente de sí mismo.',
    fix: 'Name the other variants that are in it.',
  },
  BUNDLE_NOT_ITSELF: {
    data: { sku: 'string' },
    en: '{sku} is sold by measure or has files of its own, which a bundle cannot.',
    es: '{sku} se vende por medida o tiene archivos propios, lo que un lote no puede.',
    fix: 'Take measure and files off it, or make another variant the bundle.',
  },
  COMPONENT_IN_TOO_MANY: {
    data: { sku: 'string', max: 'int' },
    en: '{sku} is in {max} bundles already, which is the most.',
    es: '{sku} ya está en {max} lotes, que es el máximo.',
    fix: 'Dissolve a bundle that is no longer sold.',
  },
  REDUCTION_INVALID: {
    data: {},
    en: 'A reduction is 0 to 1,000,000 parts per million.',
    es: 'Una reducción va de 0 a 1.000.000 partes por millón.',
    fix: 'Send 100000 for 10 %; null when the bundle has prices of its own.',
  },
  DIGITAL_FILE_INVALID: {
    data: { field: 'string' },
    en: 'The {field} of this file cannot be.',
    es: 'El campo {field} de este archivo no es posible.',
    fix: 'Send a name without slashes, a media type such as application/pdf, one of body, assetId and storageKey, 1 to 1,000 downloads and 1 to 3,650 days.',
  },
})
