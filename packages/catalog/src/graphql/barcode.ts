import { builder, defineMutation, loadMany, readId } from '@hilo/graphql'
import { BARCODE_KINDS } from '../barcodes/barcode.ts'
import { type Barcode, barcodesOfVariants, variantIdByScan } from '../barcodes/barcode-queries.ts'
import { setBarcodes } from '../barcodes/set-barcodes.ts'
import { variant } from './nodes.ts'

const BarcodeKindEnum = builder.enumType('BarcodeKind', {
  description: 'The kinds of code that stand on goods.',
  values: BARCODE_KINDS,
})

const BarcodeType = builder.objectRef<Barcode>('Barcode').implement({
  description: 'A code of a variant, as it is printed.',
  fields: (t) => ({
    kind: t.field({ type: BarcodeKindEnum, resolve: ({ kind }) => kind }),
    code: t.exposeString('code'),
  }),
})

const barcodesOf = loadMany(
  (ctx, ids) => barcodesOfVariants(ctx.db, ids),
  ({ variantId }) => variantId,
)

builder.objectField(variant.ref, 'barcodes', (t) =>
  t.field({
    type: [BarcodeType],
    description: 'The codes that scanners find it by, the main one first.',
    resolve: async ({ id }, _args, ctx) => [...(await barcodesOf(ctx, id))],
  }),
)

builder.queryField('variantByBarcode', (t) =>
  t.field({
    type: variant.ref,
    nullable: true,
    description:
      'The variant with this code as a scanner gives it: any GTIN, a UPC-E, a GS1 Digital Link or element string, or the text of a code; null when none is sold here.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { code: t.arg.string({ required: true }) },
    resolve: async (_root, { code }, ctx) => {
      const id = await variantIdByScan(ctx.db, code)
      return id ? variant.byId(ctx, id) : null
    },
  }),
)

const BarcodeInputType = builder.inputType('BarcodeInput', {
  fields: (t) => ({
    kind: t.field({ type: BarcodeKindEnum, required: true }),
    code: t.string({ required: true }),
  }),
})

defineMutation('variantBarcodesSet', {
  description:
    'Gives a variant exactly these codes, the main one first; at most 20. Check digits are checked.',
  access: { permission: 'catalog:write' },
  input: (t) => ({
    variantId: t.id({ required: true }),
    barcodes: t.field({ type: [BarcodeInputType], required: true }),
  }),
  run: async (ctx, { variantId, barcodes }) => {
    const id = readId('variant', variantId, ['variantId'])
    return id.ok ? setBarcodes(ctx, { variantId: id.value, barcodes }) : id
  },
  payload: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variant.byId(ctx, value.variantId),
    }),
  }),
})
