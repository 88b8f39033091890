import { CONDITIONS } from './conditions.ts'
import { EFFECTS } from './effects.ts'
import type { FormFields, KindForm } from './form-hint.ts'

const WEEKDAY_OPTIONS = {
  MON: { en: 'Monday', es: 'lunes' },
  TUE: { en: 'Tuesday', es: 'martes' },
  WED: { en: 'Wednesday', es: 'miércoles' },
  THU: { en: 'Thursday', es: 'jueves' },
  FRI: { en: 'Friday', es: 'viernes' },
  SAT: { en: 'Saturday', es: 'sábado' },
  SUN: { en: 'Sunday', es: 'domingo' },
}

const SCHEDULE: FormFields = {
  timeZone: {
    widget: 'time-zone',
    order: 1,
    label: { en: 'Time zone', es: 'Zona horaria' },
    help: { en: 'Absent: the market’s', es: 'Sin ella: la del mercado' },
  },
  weekly: {
    widget: 'rows',
    order: 2,
    label: { en: 'Hours', es: 'Horas' },
    fields: {
      days: { widget: 'weekdays', order: 1, label: { en: 'Days', es: 'Días' }, options: WEEKDAY_OPTIONS },
      from: { widget: 'wall-time', order: 2, label: { en: 'From', es: 'Desde' } },
      until: { widget: 'wall-time', order: 3, label: { en: 'Until', es: 'Hasta' } },
    },
  },
}

const CHANNELS: FormFields = {
  kinds: {
    widget: 'choices',
    order: 1,
    label: { en: 'Kinds', es: 'Tipos' },
    options: {
      WEB: { en: 'Web', es: 'Web' },
      MOBILE_APP: { en: 'App', es: 'Aplicación' },
      STORE: { en: 'Stores', es: 'Tiendas' },
      SOCIAL: { en: 'Social networks', es: 'Redes sociales' },
      MARKETPLACE: { en: 'Marketplaces', es: 'Marketplaces' },
      CHAT: { en: 'Chat', es: 'Chat' },
      VOICE: { en: 'Voice', es: 'Voz' },
      DEVICE: { en: 'Devices', es: 'Dispositivos' },
      VEHICLE: { en: 'Vehicles', es: 'Vehículos' },
    },
  },
  codes: { widget: 'picker', order: 2, label: { en: 'Channels', es: 'Canales' }, refersTo: 'channel' },
}

const AUDIENCE: FormFields = {
  customerGroups: {
    widget: 'picker',
    order: 1,
    label: { en: 'Customer groups', es: 'Grupos de clientes' },
    refersTo: 'customerGroup',
  },
  segments: { widget: 'picker', order: 2, label: { en: 'Segments', es: 'Segmentos' }, refersTo: 'segment' },
  loyaltyTiers: {
    widget: 'picker',
    order: 3,
    label: { en: 'Loyalty tiers', es: 'Niveles de fidelidad' },
    refersTo: 'loyaltyTier',
  },
  firstOrder: { widget: 'switch', order: 4, label: { en: 'First order', es: 'Primer pedido' } },
  loggedIn: { widget: 'switch', order: 5, label: { en: 'Signed in', es: 'Con sesión iniciada' } },
  deviceKinds: {
    widget: 'picker',
    order: 6,
    label: { en: 'Kinds of device', es: 'Tipos de dispositivo' },
    refersTo: 'deviceKind',
  },
  near: {
    widget: 'circle',
    order: 7,
    label: { en: 'Near a place', es: 'Cerca de un lugar' },
    fields: {
      latitude: { widget: 'number', order: 1, label: { en: 'Latitude', es: 'Latitud' } },
      longitude: { widget: 'number', order: 2, label: { en: 'Longitude', es: 'Longitud' } },
      radiusMetres: { widget: 'number', order: 3, label: { en: 'Metres around', es: 'Metros alrededor' } },
    },
  },
}

const CAP_HELP = {
  en: 'Of one unit when it changes the shelf price, else of the whole cart',
  es: 'De una unidad si cambia el precio del escaparate; si no, de toda la cesta',
}

const CAP: FormFields = {
  amountMinor: { widget: 'money', order: 1, label: { en: 'Amount', es: 'Importe' } },
  currency: { widget: 'text', order: 2, label: { en: 'Currency', es: 'Moneda' } },
}

const ROOT: FormFields = {
  v: { widget: 'number', order: 0, label: { en: 'Version of the format', es: 'Versión del formato' } },
  trigger: {
    widget: 'choice',
    order: 1,
    label: { en: 'Starts', es: 'Empieza' },
    options: {
      AUTOMATIC: { en: 'by itself', es: 'sola' },
      COUPON: { en: 'with a code', es: 'con un código' },
      OFFER: { en: 'by an offer', es: 'con una oferta' },
    },
  },
  effect: { widget: 'effect', order: 2, label: { en: 'Gives', es: 'Da' } },
  items: {
    widget: 'items',
    order: 3,
    label: { en: 'For these items', es: 'Para estos artículos' },
    help: { en: 'Absent: all items', es: 'Sin ellos: todos' },
  },
  conditions: { widget: 'conditions', order: 4, label: { en: 'If', es: 'Si' } },
  startsAt: { widget: 'instant', order: 5, label: { en: 'From', es: 'Desde' } },
  endsAt: { widget: 'instant', order: 6, label: { en: 'Until', es: 'Hasta' } },
  schedule: {
    widget: 'weekly-hours',
    order: 7,
    label: { en: 'Weekly hours', es: 'Horario semanal' },
    fields: SCHEDULE,
  },
  channels: { widget: 'group', order: 8, label: { en: 'Channels', es: 'Canales' }, fields: CHANNELS },
  markets: { widget: 'picker', order: 9, label: { en: 'Markets', es: 'Mercados' }, refersTo: 'market' },
  countries: {
    widget: 'countries',
    order: 10,
    label: { en: 'Countries of delivery', es: 'Países de envío' },
  },
  audience: { widget: 'group', order: 11, label: { en: 'For whom', es: 'Para quién' }, fields: AUDIENCE },
  cap: {
    widget: 'money',
    order: 12,
    label: { en: 'At most', es: 'Como mucho' },
    help: CAP_HELP,
    fields: CAP,
  },
  caps: {
    widget: 'money-by-currency',
    order: 13,
    label: { en: 'At most, by currency', es: 'Como mucho, por moneda' },
    help: CAP_HELP,
  },
  priority: {
    widget: 'number',
    order: 14,
    label: { en: 'Priority', es: 'Prioridad' },
    help: { en: 'The smaller is evaluated first', es: 'La menor se evalúa antes' },
  },
  exclusivityGroup: {
    widget: 'text',
    order: 15,
    label: { en: 'Only the best of', es: 'Solo la mejor de' },
    help: {
      en: 'Of the promotions that share this name only the best for the customer applies',
      es: 'De las promociones que comparten este nombre solo se aplica la mejor para el cliente',
    },
  },
  combinesWith: {
    widget: 'choices',
    order: 16,
    label: { en: 'Combines with', es: 'Se combina con' },
    options: {
      CATALOG: { en: 'shelf prices', es: 'precios del escaparate' },
      LINE: { en: 'discounts of lines', es: 'descuentos de líneas' },
      ORDER: { en: 'discounts of the order', es: 'descuentos del pedido' },
      SHIPPING: { en: 'delivery', es: 'envío' },
    },
  },
}

const ITEMS: FormFields = {
  all: { widget: 'items', order: 1, label: { en: 'All of', es: 'Todo esto' } },
  any: { widget: 'items', order: 2, label: { en: 'Any of', es: 'Algo de esto' } },
  not: { widget: 'items', order: 3, label: { en: 'Not', es: 'No' } },
  category: {
    widget: 'picker',
    order: 4,
    label: { en: 'Categories', es: 'Categorías' },
    refersTo: 'category',
  },
  collection: {
    widget: 'picker',
    order: 5,
    label: { en: 'Collections', es: 'Colecciones' },
    refersTo: 'collection',
  },
  product: { widget: 'picker', order: 6, label: { en: 'Products', es: 'Productos' }, refersTo: 'product' },
  variant: { widget: 'picker', order: 7, label: { en: 'Variants', es: 'Variantes' }, refersTo: 'variant' },
  sku: { widget: 'picker', order: 8, label: { en: 'SKUs', es: 'SKU' }, refersTo: 'sku' },
  attribute: {
    widget: 'group',
    order: 9,
    label: { en: 'Attribute', es: 'Atributo' },
    fields: {
      code: { widget: 'picker', order: 1, label: { en: 'Attribute', es: 'Atributo' }, refersTo: 'attribute' },
      in: { widget: 'picker', order: 2, label: { en: 'One of', es: 'Uno de' }, refersTo: 'attributeValue' },
      atLeast: { widget: 'number', order: 3, label: { en: 'At least', es: 'Al menos' } },
      atMost: { widget: 'number', order: 4, label: { en: 'At most', es: 'Como mucho' } },
    },
  },
  priceAtLeast: {
    widget: 'money-by-currency',
    order: 10,
    label: { en: 'Price at least', es: 'Precio mínimo' },
  },
  priceAtMost: {
    widget: 'money-by-currency',
    order: 11,
    label: { en: 'Price at most', es: 'Precio máximo' },
  },
  taxClass: {
    widget: 'picker',
    order: 12,
    label: { en: 'Tax classes', es: 'Tipos de impuesto' },
    refersTo: 'taxClass',
  },
}

const formsOf = (kinds: Readonly<Record<string, { readonly form: KindForm }>>) =>
  Object.fromEntries(Object.entries(kinds).map(([name, { form }]) => [name, form]))

/** What the admin's form shows for each member of `PROMOTION_SCHEMA`, in English and Spanish. JSON. */
export const PROMOTION_FORM: {
  readonly fields: FormFields
  /** One hint per kind of item predicate. */
  readonly items: FormFields
  readonly conditions: Readonly<Record<string, KindForm>>
  readonly effects: Readonly<Record<string, KindForm>>
} = { fields: ROOT, items: ITEMS, conditions: formsOf(CONDITIONS), effects: formsOf(EFFECTS) }
