import { fieldErrors, type FieldErrors, type Refusal } from '#lib/api/refusal.ts'
import type { Write } from '#lib/api/write.ts'
import { instant } from '#lib/collections/draft.ts'
import type { Outcome } from '#lib/editing/editor.svelte.ts'
import type { ProductChange, Step } from './changes.ts'
import {
  PriceRemove,
  PricesSet,
  ProductPublish,
  ProductRelationsSet,
  ProductUnpublish,
  ProductUpdate,
  StockSet,
} from './mutations.ts'
import type { ProductData } from './product.ts'
import {
  VariantBarcodesSet,
  VariantComponentsSet,
  VariantFilesSet,
  VariantGoodsSet,
  VariantsSave,
} from './variant-mutations.ts'

type Refused = readonly Refusal[]

interface Sent {
  readonly userErrors: Refused
  /** Those of single rows, when the others were taken. */
  readonly refused?: Refused | null
}

/** What saving a product takes beside its steps. */
export interface Saving {
  readonly write: Write
  readonly product: Pick<ProductData, 'id' | 'version'>
  readonly timeZone: string
}

/** Does one step of saving a product. */
export const runStep = async (saving: Saving, step: Step): Promise<Outcome> => {
  const { userErrors, refused } = await send(saving, step)
  const all = [...userErrors, ...(refused ?? [])]
  return { userErrors: all, errors: errorsOf(step, all) }
}

const pathOf = ({ path }: Refusal): readonly string[] => (path[0] === 'input' ? path.slice(1) : path)

/** The refusals of a product's own content by the field of the draft; attributes by their code. */
export const contentErrors = (
  { attributes = [] }: Pick<ProductChange, 'attributes'>,
  refusals: Refused,
  prefix = '',
): FieldErrors =>
  fieldErrors(
    refusals.map((refusal) => {
      const [first, index, ...rest] = pathOf(refusal)
      if (first !== 'attributes' || index === undefined) return refusal
      // Of a text that has languages, the language is part of the field; of others the code says all.
      const within = rest[0] === 'texts' ? rest.slice(1) : []
      return { ...refusal, path: ['attributes', attributes[Number(index)]?.code ?? '', ...within] }
    }),
    prefix,
  )

const errorsOf = (step: Step, refusals: Refused): FieldErrors => {
  const first = refusals[0]?.message
  const at = (field: string): FieldErrors => (first === undefined ? {} : { [field]: first })
  switch (step.kind) {
    case 'product':
      return contentErrors(step.change, refusals)
    case 'publication':
      return Object.assign({}, ...step.change.channelIds.map((id) => at(`publications.${id}`)))
    case 'related':
      return at(`related.${step.relation}`)
    case 'variants':
      return Object.assign({}, ...refusals.map((refusal) => variantErrors(step.update, refusal)))
    case 'prices':
      return Object.fromEntries(
        refusals.map((refusal) => [step.fields[Number(pathOf(refusal)[1])] ?? '', refusal.message]),
      )
    case 'goods':
    case 'components':
    case 'files':
    case 'barcodes':
      return detailErrors(step, refusals)
    default:
      return at(step.field)
  }
}

const variantErrors = (
  update: Extract<Step, { kind: 'variants' }>['update'],
  refusal: Refusal,
): FieldErrors => {
  const [, index, ...rest] = pathOf(refusal)
  const change = update[Number(index)]
  if (!change) return { '': refusal.message }
  return contentErrors(change, [{ ...refusal, path: rest }], `variants.${change.id}`)
}

const detailErrors = (
  step: Extract<Step, { kind: 'goods' | 'components' | 'files' | 'barcodes' }>,
  refusals: Refused,
) =>
  Object.fromEntries(
    refusals.map((refusal) => {
      const [first, ...rest] = pathOf(refusal)
      const isOwn = first === step.kind && rest.length > 0
      return [isOwn ? [step.field, ...rest].join('.') : step.field, refusal.message]
    }),
  )

const send = ({ write, product, timeZone }: Saving, step: Step): Promise<Sent> => {
  switch (step.kind) {
    case 'product':
      return write(ProductUpdate, { id: product.id, ifVersion: product.version, ...step.change })
    case 'publication': {
      const { channelIds, on, from, until } = step.change
      const where = { productIds: [product.id], channelIds }
      return on
        ? write(ProductPublish, {
            ...where,
            from: instant(from, timeZone),
            until: instant(until, timeZone),
            // The status is a field of its own, which stays as staff chose it.
            keepDrafts: true,
          })
        : write(ProductUnpublish, where)
    }
    case 'related':
      return write(ProductRelationsSet, {
        productId: product.id,
        kind: step.relation,
        relatedIds: step.relatedIds,
      })
    case 'variants':
      return write(VariantsSave, { productId: product.id, update: step.update })
    case 'prices':
      return write(PricesSet, { rows: step.rows, partial: true })
    case 'priceRemove':
      return write(PriceRemove, { id: step.priceId })
    case 'stock':
      return write(StockSet, { variantId: step.variantId, locationId: step.locationId, onHand: step.onHand })
    case 'barcodes':
      return write(VariantBarcodesSet, { variantId: step.variantId, barcodes: step.barcodes })
    case 'goods':
      return write(VariantGoodsSet, { variantId: step.variantId, ...step.goods })
    case 'components': {
      const { variantId, components, reductionPpm } = step
      return write(VariantComponentsSet, { variantId, components, reductionPpm })
    }
    case 'files':
      return write(VariantFilesSet, { variantId: step.variantId, files: step.files })
  }
}
