import { refusalMessage, type Refusal } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { checkShape } from './check-shape.ts'
import { BULK } from './errors.ts'
import { productItem } from './products/item.ts'

const sentences = (item: object) => {
  const shape = checkShape(productItem, item)
  if (shape.ok) return []
  const { more = [], ...first } = shape.error
  return [first, ...more].map((refusal: Refusal) => {
    const spec = BULK.catalogue[refusal.code as keyof typeof BULK.catalogue]
    const [en, es] = (['en', 'es'] as const).map((locale) => refusalMessage(spec, refusal, locale))
    return [refusal.path.join('.'), en, es]
  })
}

test.each([
  [
    { name: 'Tea' },
    'name',
    'This must be a text for each language, such as {"en": "Tea"}.',
    'Aquí se espera un texto por idioma, como {"en": "Tea"}.',
  ],
  [
    { description: { en: 'x'.repeat(100_001) } },
    'description.en',
    'This must be a text of at most 100,000 characters.',
    'Aquí se espera un texto de 100.000 caracteres como máximo.',
  ],
  [
    { name: { 'not a language': 'Tea' } },
    'name.not a language',
    'This must be a language tag such as es or pt-BR.',
    'Aquí se espera una etiqueta de idioma como es o pt-BR.',
  ],
  [{ variants: [{}] }, 'variants.0.sku', 'This needs sku.', 'Aquí hace falta sku.'],
  [
    { key: '' },
    'key',
    'This must be a text that is not empty.',
    'Aquí se espera un texto que no esté vacío.',
  ],
  [
    { slug: 'a\u0000b' },
    'slug',
    'This must be a text of visible characters.',
    'Aquí se espera un texto de caracteres visibles.',
  ],
  [
    { status: 'GONE' },
    'status',
    'This must be one of DRAFT, PUBLISHED, ARCHIVED.',
    'Aquí se espera uno de DRAFT, PUBLISHED, ARCHIVED.',
  ],
  [{ variants: {} }, 'variants', 'This must be a list.', 'Aquí se espera una lista.'],
  [
    { images: Array(101).fill('https://example.com/a.jpg') },
    'images',
    'This must be a list of at most 100 entries.',
    'Aquí se espera una lista de 100 elementos como máximo.',
  ],
  [
    { images: [5] },
    'images.0',
    'This must be a text or an object of fields.',
    'Aquí se espera un texto o un objeto con campos.',
  ],
  [
    { variants: [{ sku: 'A', price: 'dear' }] },
    'variants.0.price',
    'This must be an amount such as 12.50.',
    'Aquí se espera un importe como 12.50.',
  ],
  [
    { variants: [{ sku: 'A', onHand: 1.5 }] },
    'variants.0.onHand',
    'This must be a whole number.',
    'Aquí se espera un número entero.',
  ],
  [
    { schedules: { web: { from: 'tomorrow' } } },
    'schedules.web.from',
    'This must be a time of ISO 8601 with a zone, such as 2030-01-01T00:00:00Z.',
    'Aquí se espera una hora de ISO 8601 con zona, como 2030-01-01T00:00:00Z.',
  ],
  [
    { variants: [{ sku: 'A', archived: 'maybe' }] },
    'variants.0.archived',
    'This must be true or false.',
    'Aquí se espera true o false.',
  ],
])('a mistake is told in sentences: %#', (item, path, en, es) => {
  expect(sentences(item)).toEqual([[path, en, es]])
})
