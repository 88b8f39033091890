import { slugify } from '@hilo/catalog/bulk'
import { ok, type Result } from '@hilo/kernel'
import { plainName } from '../cells.ts'
import type { ImportSettings, Warning } from '../job.ts'
import type { CsvPlan } from '../kind.ts'
import { optionCode } from '../products/option-code.ts'
import type { Row } from '../read/rows.ts'
import { plainText } from './plain-text.ts'

type Cells = (column: string) => string
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
    'variantrequiresshipping variantsku variantprice variantcompareatprice variantbarcode variantinventoryqty ' +
    'imagesrc imageposition imagealttext'
  ).split(' '),
)

/** `Fabric (product.metafields.custom.fabric)` is `fabric`. */
const metafieldOf = (column: string): string | undefined =>
  /\(product\.metafields\.[^.]+\.([^)]+)\)\s*$/.exec(column)?.[1]

const STATUS: Readonly<Record<string, string>> = { active: 'PUBLISHED', draft: 'DRAFT', archived: 'ARCHIVED' }

const statusOf = (cell: Cells): string => {
  const status = STATUS[cell('status').toLowerCase()]
  if (status && status !== 'PUBLISHED') return status
  return cell('published').toLowerCase() === 'false' ? 'DRAFT' : 'PUBLISHED'
}

/** The options that the first row names: the others repeat none of the names. */
const optionNames = (cell: Cells): readonly string[] =>
  [1, 2, 3]
    .map((n) => cell(`option${n}name`))
    .filter(
      (name, n) => name !== '' && !(name === 'Title' && n === 0 && cell('option1value') === 'Default Title'),
    )

const optionsOf = (names: readonly string[], rows: readonly Cells[], locale: string) =>
  names.map((name, n) => {
    const values = new Map<string, string>()
    for (const cell of rows) {
      const value = cell(`option${n + 1}value`)
      if (value !== '' && !values.has(optionCode(value))) values.set(optionCode(value), value)
    }
    return {
      code: optionCode(name),
      name: { [locale]: name },
      values: [...values].map(([code, value]) => ({ code, name: { [locale]: value } })),
    }
  })

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

const variantOf = (
  cell: Cells,
  {
    handle,
    names,
    index,
    has,
  }: { handle: string; names: readonly string[]; index: number } & Pick<Columns, 'has'>,
): Draft => {
  const options = Object.fromEntries(
    names.flatMap((name, n) => {
      const value = cell(`option${n + 1}value`)
      return value === '' ? [] : [[optionCode(name), optionCode(value)]]
    }),
  )
  const quantity = cell('variantinventoryqty')
  const code = cell('variantbarcode')
  // Shopify does not ask for a SKU, Hilo does: one that the same row always gets.
  const sku =
    cell('variantsku').replace(/^'/, '') ||
    [handle, ...Object.values(options)].join('-').slice(0, 60) ||
    `${handle}-${index}`
  return {
    sku,
    ...(names.length > 0 && { options }),
    ...(code.replace(/^'/, '') !== '' && { barcodes: [code.replace(/^'/, '')] }),
    ...(cell('variantprice') !== '' && { price: cell('variantprice') }),
    // Shopify says all there is: without a former price this one is not reduced any more.
    ...(has('variantcompareatprice') && { compareAtPrice: cell('variantcompareatprice') || null }),
    ...(cell('variantrequiresshipping').toLowerCase() === 'false' && {
      goods: { fulfilment: 'SERVICE', trackStock: cell('variantinventorytracker') !== '' },
    }),
    ...(/^-?\d+$/.test(quantity) && { onHand: Math.max(0, Number(quantity)) }),
  }
}

const itemOf = (rows: readonly Cells[], settings: ImportSettings, { metafields, has }: Columns): Draft => {
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
  const tags = first('tags')
    .split(',')
    .map((tag) => slugify(tag))
    .filter(Boolean)
  const type = slugify(first('type'))
  return {
    slug: slugify(handle) || handle,
    ...(first('title') !== '' && { name: { [locale]: first('title') } }),
    description: text('body(html)', plainText(first('body(html)'))),
    seo: { title: text('seotitle'), description: text('seodescription') },
    ...((has('status') || has('published')) && { status: statusOf(first) }),
    ...(type !== '' && { categories: [type] }),
    ...(tags.length > 0 && { collections: [...new Set(tags)] }),
    ...(has('imagesrc') && { images: picturesOf(rows, locale) }),
    ...(names.length > 0 && { options: optionsOf(names, sold, locale) }),
    variants: sold.map((cell, index) => variantOf(cell, { handle, names, index, has })),
    ...(settings.productType && {
      attributes: { ...(first('vendor') !== '' && { vendor: first('vendor') }), ...attributes },
    }),
  }
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
      item: itemOf(rows.map(cellsOf), settings, { metafields, has: (column) => at.has(column) }),
      // Only what the shop has of these is taken: Shopify's file describes none of them.
      hints: { splitAttributes: true, onlyKnown: true, looseGoods: true },
    }),
  })
}
