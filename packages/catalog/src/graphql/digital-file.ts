import { asset } from '@hilo/assets/graphql'
import { builder, defineMutation, loadMany, readId } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { type DigitalFile, filesOfVariants } from '../digital/digital-file.ts'
import { type DigitalFileInput as DigitalFileEntered, setFiles } from '../digital/set-files.ts'
import { variant, variantField } from './nodes.ts'

const DigitalFileType = builder.objectRef<DigitalFile>('DigitalFile').implement({
  description: 'What the buyer of a variant can download. For staff: buyers see OrderLine.downloads.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Under which it is saved.' }),
    mediaType: t.exposeString('mediaType'),
    body: t.exposeString('body', { nullable: true, description: 'Of a file that is a text of its own.' }),
    storageKey: t.exposeString('storageKey', {
      nullable: true,
      description: "In the shop's store of files.",
    }),
    asset: t.field({
      type: asset.ref,
      nullable: true,
      description: 'Of a file that is an asset.',
      resolve: ({ assetId }, _args, ctx) => (assetId ? asset.byId(ctx, assetId) : null),
    }),
    maxDownloads: t.exposeInt('maxDownloads'),
    days: t.exposeInt('days', { description: 'After the order in which it can be downloaded.' }),
  }),
})

const filesOf = loadMany(
  (ctx, ids) => filesOfVariants(ctx.db, ids),
  ({ variantId }) => variantId,
)

builder.objectField(variant.ref, 'digitalFiles', (t) =>
  t.field({
    type: [DigitalFileType],
    nullable: true,
    description: 'What its buyers can download. Null, with an error of its own, without catalog:write.',
    authScopes: { permission: 'catalog:write' },
    resolve: async ({ id }, _args, ctx) => [...(await filesOf(ctx, id))],
  }),
)

const DigitalFileInput = builder.inputType('DigitalFileInput', {
  description: 'A text of its own, an asset, or a key in the store of files: one of these.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Such as guide.pdf, 1 to 200 characters without slashes.',
    }),
    mediaType: t.string({ required: true, description: 'Such as application/pdf.' }),
    body: t.string({ description: 'At most 100,000 characters.' }),
    storageKey: t.string({ description: 'Such as guides/espresso.pdf.' }),
    assetId: t.id({ description: 'PRIVATE for what is only for buyers: PUBLIC ones have an address too.' }),
    maxDownloads: t.int({ description: '1 to 1,000 for each line of an order, default 5.' }),
    days: t.int({ description: '1 to 3,650 after the order, default 30.' }),
  }),
})

defineMutation('variantFilesSet', {
  description:
    'Gives the buyers of a variant exactly these files from now on, at most 20; who bought others keeps those. Refuses DIGITAL_FILE_INVALID, BUNDLE_NOT_ITSELF, NOT_FOUND, VERSION_CONFLICT.',
  access: { permission: 'catalog:write' },
  input: (t) => ({
    variantId: t.id({ required: true }),
    ifVersion: t.int(),
    files: t.field({ type: [DigitalFileInput], required: true }),
  }),
  run: async (ctx, { variantId, files: entered, ...change }) => {
    const id = readId('variant', variantId, ['variantId'])
    if (!id.ok) return id
    const files: DigitalFileEntered[] = []
    for (const [index, { assetId, ...file }] of entered.entries()) {
      const read = assetId == null ? ok(null) : readId('asset', assetId, ['files', String(index), 'assetId'])
      if (!read.ok) return read
      files.push({ ...file, assetId: read.value })
    }
    return setFiles(ctx, { ...change, variantId: id.value, files })
  },
  payload: (t) => ({ variant: t.field(variantField) }),
})
