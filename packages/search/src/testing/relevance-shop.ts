/** A product of the shop that relevance is measured on. */
export interface RelevantProduct {
  readonly sku: string
  readonly en: string
  readonly es: string
  readonly category: string
  readonly about?: { readonly en: string; readonly es: string }
}

/** Categories with their names. */
export const CATEGORIES = {
  coffee: { en: 'Coffee', es: 'Café' },
  kitchen: { en: 'Kitchen', es: 'Cocina' },
  laundry: { en: 'Laundry', es: 'Lavandería' },
  shoes: { en: 'Shoes', es: 'Zapatos' },
  home: { en: 'Home textiles', es: 'Textil de hogar' },
} as const

/** What is sold there. */
export const PRODUCTS: readonly RelevantProduct[] = [
  { sku: 'CAF-100', en: 'Café au lait bowl', es: 'Tazón de café con leche', category: 'kitchen' },
  { sku: 'CAF-200', en: 'Espresso machine', es: 'Cafetera espresso', category: 'coffee' },
  {
    sku: 'CAF-300',
    en: 'Espresso cups, set of six',
    es: 'Tazas de espresso, seis piezas',
    category: 'coffee',
  },
  { sku: 'CAF-400', en: 'Coffee grinder', es: 'Molinillo de café', category: 'coffee' },
  { sku: 'CAF-500', en: 'Ground coffee, dark roast', es: 'Café molido, tueste oscuro', category: 'coffee' },
  { sku: 'TEA-100', en: 'Green tea', es: 'Té verde', category: 'kitchen' },
  { sku: 'LAV-100', en: 'Washing machine', es: 'Lavadora', category: 'laundry' },
  { sku: 'LAV-200', en: 'Dishwasher', es: 'Lavavajillas', category: 'kitchen' },
  {
    sku: 'LAV-300',
    en: 'Laundry basket',
    es: 'Cesto para la ropa',
    category: 'laundry',
    about: { en: 'Stands beside the washing machine.', es: 'Cabe junto a la lavadora.' },
  },
  { sku: 'LAV-400', en: 'Tumble dryer', es: 'Secadora', category: 'laundry' },
  { sku: 'SHO-100', en: 'Running shoes', es: 'Zapatillas para correr', category: 'shoes' },
  { sku: 'SHO-200', en: 'Leather boots', es: 'Botas de piel', category: 'shoes' },
  { sku: 'SHO-300', en: 'Shoe brush', es: 'Cepillo para zapatos', category: 'shoes' },
  { sku: 'SOF-100', en: 'Three-seat sofa', es: 'Sofá de tres plazas', category: 'home' },
  { sku: 'SOF-200', en: 'Sofa cover', es: 'Funda para sofá', category: 'home' },
  { sku: 'TOW-100', en: 'Bath towel', es: 'Toalla de baño', category: 'home' },
  { sku: 'TOW-200', en: "Children's blanket", es: 'Manta para niños', category: 'home' },
  { sku: 'LMP-100', en: 'Desk lamp', es: 'Lámpara de escritorio', category: 'home' },
  { sku: 'LMP-200', en: 'Floor lamp', es: 'Lámpara de pie', category: 'home' },
  { sku: 'KET-100', en: 'Electric kettle', es: 'Hervidor eléctrico', category: 'kitchen' },
]

/** A query, and what must stand first among what it finds: in the order given, or in any order when there are several sets. */
export interface Expectation {
  readonly locale: 'en' | 'es'
  readonly text: string
  /** Each place of the results may be any of these. */
  readonly first: readonly (readonly string[])[]
  readonly why: string
}

/** What people type, and what they look for. */
export const EXPECTATIONS: readonly Expectation[] = [
  { locale: 'en', text: 'cafe', first: [['CAF-100']], why: 'an accent left out' },
  { locale: 'es', text: 'cafe', first: [['CAF-400', 'CAF-500', 'CAF-100']], why: 'an accent left out' },
  {
    locale: 'es',
    text: 'CAFÉ',
    first: [['CAF-400', 'CAF-500', 'CAF-100']],
    why: 'capital letters with an accent',
  },
  { locale: 'es', text: 'lavador', first: [['LAV-100']], why: 'a word begun' },
  { locale: 'es', text: 'lavadoras', first: [['LAV-100']], why: 'a plural' },
  { locale: 'es', text: 'zapato', first: [['SHO-300']], why: 'a singular' },
  {
    locale: 'es',
    text: 'lampara',
    first: [
      ['LMP-100', 'LMP-200'],
      ['LMP-100', 'LMP-200'],
    ],
    why: 'an accent left out',
  },
  {
    locale: 'es',
    text: 'sofa',
    first: [
      ['SOF-100', 'SOF-200'],
      ['SOF-100', 'SOF-200'],
    ],
    why: 'an accent left out',
  },
  { locale: 'es', text: 'niño', first: [['TOW-200']], why: 'a letter of its own, singular' },
  { locale: 'es', text: 'nino', first: [['TOW-200']], why: 'a letter of its own left out' },
  {
    locale: 'es',
    text: 'expreso',
    first: [
      ['CAF-200', 'CAF-300'],
      ['CAF-200', 'CAF-300'],
    ],
    why: 'two mistakes',
  },
  { locale: 'es', text: 'ordenador', first: [], why: 'nothing of the kind is sold' },
  { locale: 'es', text: 'lavaplatos', first: [['LAV-200']], why: 'a synonym' },
  {
    locale: 'en',
    text: 'expresso',
    first: [
      ['CAF-200', 'CAF-300'],
      ['CAF-200', 'CAF-300'],
    ],
    why: 'a mistake',
  },
  { locale: 'en', text: 'coffe grinder', first: [['CAF-400']], why: 'a letter left out' },
  {
    locale: 'en',
    text: 'machines',
    first: [
      ['CAF-200', 'LAV-100'],
      ['CAF-200', 'LAV-100'],
    ],
    why: 'a plural',
  },
  {
    locale: 'en',
    text: 'washing machine',
    first: [['LAV-100'], ['LAV-300']],
    why: 'the name before the description',
  },
  { locale: 'en', text: 'washer', first: [['LAV-100']], why: 'a synonym' },
  { locale: 'en', text: 'dishwahser', first: [['LAV-200']], why: 'two letters swapped' },
  {
    locale: 'en',
    text: 'shoe',
    first: [
      ['SHO-300', 'SHO-100'],
      ['SHO-300', 'SHO-100'],
    ],
    why: 'names before the category',
  },
  { locale: 'en', text: 'the sofa', first: [['SOF-100', 'SOF-200']], why: 'a word that says nothing' },
  { locale: 'en', text: 'CAF-200', first: [['CAF-200']], why: 'a SKU' },
  { locale: 'en', text: 'caf-200', first: [['CAF-200']], why: 'a SKU in small letters' },
  {
    locale: 'en',
    text: 'coffee',
    first: [
      ['CAF-400', 'CAF-500'],
      ['CAF-400', 'CAF-500'],
      ['CAF-200', 'CAF-300'],
    ],
    why: 'names before the category',
  },
  { locale: 'en', text: 'cup', first: [['CAF-300']], why: 'a singular' },
  { locale: 'en', text: 'boot', first: [['SHO-200']], why: 'a singular' },
  { locale: 'en', text: 'kettel', first: [['KET-100']], why: 'letters swapped' },
]
