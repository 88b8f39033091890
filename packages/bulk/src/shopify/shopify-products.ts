import { slugify, slugOfName } from '@hilo/catalog/bulk'
import { ok, type Result } from '@hilo/kernel'
import { plainName } from '../cells.ts'
import { MAX_KEY } from '../external-keys.ts'
import type { ImportSettings, Warning } from '../job.ts'
import type { CsvPlan, Hints } from '../kind.ts'
import { textCode, textMark } from '../products/text-code.ts'
import type { Row } from '../read/rows.ts'
import { plainText } from './plain-text.ts'
import { type Cells, optionNames, optionsOf, skusOf, variantOf } from './shopify-variants.ts'

type Draft = Record<string, unknown>

/** True for the header of a file that Shopify exports: of its products, one row for each variant and picture. */
export const isShopify = (header: readonly string[]): boolean => {
  const names = new Set(header.map(plainName))
  const isOurs = names.has('slug') || names.has('key')
  return (
    !isOurs &&
    (names.has('handle') || names.has('urlhandle')) &&
    (names.has('title') || names.has('variantsku') || names.has('sku'))
  )
}

/** What Shopify calls a column today, by what it has called it before. */
const ALSO: Readonly<Record<string, string>> = {
  urlhandle: 'handle',
  description: 'body(html)',
  sku: 'variantsku',
  price: 'variantprice',
  compareatprice: 'variantcompareatprice',
  barcode: 'variantbarcode',
  inventoryquantity: 'variantinventoryqty',
  productimageurl: 'imagesrc',
  publishedononlinestore: 'published',
  requiresshipping: 'variantrequiresshipping',
  inventorytracker: 'variantinventorytracker',
}

const TAKEN = new Set(
  (
    'handle title body(html) type tags published status seotitle seodescription vendor ' +
    'option1name option1value option2name option2value option3name option3value ' +
    'variantrequiresshipping variantinventorytracker variantsku variantprice variantcompareatprice variantbarcode variantinventoryqty ' +
    'imagesrc imageposition imagealttext'
  ).split(' '),
)

/** `Fabric (product.metafields.custom.fabric)` is `fabric`. */
const metafieldOf = (column: string): string | undefined =>
  /\(product\.metafields\.[^.]+\.([^)]+)\)\s*$/.exec(column)?.[1]

const STATUS: ReadonlyMap<string, string> = new Map([
  ['', 'PUBLISHED'],
  ['active', 'PUBLISHED'],
  ['draft', 'DRAFT'],
  ['archived', 'ARCHIVED'],
  // Whoever has the link may buy it there. Nothing is sold so here.
  ['unlisted', 'DRAFT'],
])

const isUnlisted = (cell: Cells): boolean => cell('status').toLowerCase() === 'unlisted'

/** Another word stays as it is, and is refused by its field. */
const statusOf = (cell: Cells): string => {
  const status = STATUS.get(cell('status').toLowerCase()) ?? cell('status')
  if (status !== 'PUBLISHED') return status
  return cell('published').toLowerCase() === 'false' ? 'DRAFT' : 'PUBLISHED'
}

const picturesOf = (rows: readonly Cells[], locale: string) => {
  const found = rows.flatMap((cell, index) => {
    const url = cell('imagesrc')
    const place = Number(cell('imageposition')) || index + 1
    const alt = cell('imagealttext')
    return url === '' ? [] : [{ place, image: { url, alt: alt === '' ? {} : { [locale]: alt } } }]
  })
  const seen = new Set<string>()
  return found
    .toSorted((a, b) => a.place - b.place)
    .flatMap(({ image }) => (seen.has(image.url) ? [] : (seen.add(image.url), [image])))
}

interface Columns {
  /** Their attributes, with the plain names of their columns. */
  readonly metafields: readonly (readonly [string, string])[]
  readonly has: (column: string) => boolean
}

/** The key of a product: its handle, of a very long one its beginning with a mark. */
const keyOf = (handle: string): string =>
  handle.length <= MAX_KEY ? handle : `${handle.slice(0, MAX_KEY - 9).toWellFormed()}-${textMark(handle)}`

/** The slug of a category or collection that was made of this name; one of which nothing can stand in an address is told as it is. */
const placeOf = (name: string): string =>
  slugOfName({ en: name }, name.replaceAll(/\p{C}/gu, '').trim().slice(0, 60).toWellFormed())

const itemOf = (
  rows: readonly Cells[],
  settings: ImportSettings,
  { metafields, has }: Columns,
): { readonly item: Draft; readonly hints: Hints } => {
  const { locale } = settings
  const first = rows[0]!
  const handle = first('handle')
  const names = optionNames(first)
  const sold = rows.filter(
    (cell, index) =>
      index === 0 || cell('option1value') !== '' || cell('variantsku') !== '' || cell('variantprice') !== '',
  )
  const text = (column: string, said = first(column)) => {
    if (said !== '') return { [locale]: said }
    return settings.emptyCells === 'CLEAR' && has(column) ? { [locale]: null } : {}
  }
  const attributes = Object.fromEntries(
    metafields.flatMap(([code, column]) => (first(column) === '' ? [] : [[code, first(column)]])),
  )
  const tags = first('tags').split(',').map(placeOf).filter(Boolean)
  const type = placeOf(first('type'))
  const skus = skusOf(handle, sold, names)
  const slug = textCode(handle)
  const item = {
    key: keyOf(handle),
    slug,
    ...(first('title') !== '' && { name: { [locale]: first('title') } }),
    description: text('body(html)', plainText(first('body(html)'))),
    seo: { title: text('seotitle'), description: text('seodescription') },
    ...((has('status') || has('published')) && { status: statusOf(first) }),
    ...(type !== '' && { categories: [type] }),
    ...(tags.length > 0 && { collections: [...new Set(tags)] }),
    ...(has('imagesrc') && { images: picturesOf(rows, locale) }),
    ...(names.length > 0 && { options: optionsOf(names, sold, locale) }),
    variants: sold.map((cell, index) => variantOf(cell, skus[index]!.sku, { names, has })),
    ...(settings.productType && {
      attributes: { ...(first('vendor') !== '' && { vendor: first('vendor') }), ...attributes },
    }),
  }
  const hints: Hints = {
    // Only what the shop has of these is taken: Shopify's file describes none of them.
    splitAttributes: true,
    onlyKnown: true,
    looseGoods: true,
    optionTexts: true,
    // Before there were keys a handle lost the letters of other scripts.
    madeSlugs: [...new Set([slug, slugify(handle)])].filter(Boolean),
    madeSkus: skus.map(({ spare }) => spare),
    // Beside those that another system has for the same products.
    system: settings.system === 'default' ? 'shopify' : settings.system,
    ...(isUnlisted(first) && {
      warnings: [{ column: 'Status', reason: 'UNLISTED', names: [handle.slice(0, 100).toWellFormed()] }],
    }),
  }
  return { item, hints }
}

/**
 * How Shopify's export of products is read: rows of one handle are a product. Its type is a category and its tags are
 * collections by hand, where the shop has them; metafields are attributes of the product type of the settings.
 */
export const planShopify = (header: readonly string[], settings: ImportSettings): Result<CsvPlan> => {
  const at = new Map<string, number>()
  const metafields: (readonly [string, string])[] = []
  const warnings: Warning[] = []
  for (const [index, column] of header.entries()) {
    const metafield = metafieldOf(column)
    const name = ALSO[plainName(column)] ?? plainName(column)
    if (metafield) metafields.push([metafield, name])
    else if (!TAKEN.has(name) || (name === 'vendor' && !settings.productType))
      warnings.push({ column: column.slice(0, 100), reason: 'NOT_TAKEN' })
    if (!at.has(name)) at.set(name, index)
  }
  const cellsOf =
    ({ cells }: Row): Cells =>
    (column) =>
      (cells[at.get(column) ?? -1] ?? '').trim()
  return ok({
    warnings,
    groupOf: (row) => cellsOf(row)('handle') || undefined,
    toEntry: (rows) => ({
      line: rows[0]!.line,
      ...itemOf(rows.map(cellsOf), settings, { metafields, has: (column) => at.has(column) }),
    }),
  })
}
