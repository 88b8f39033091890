import { builder, LocalizedText } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { usualPath } from '../addresses.ts'
import { ASSET_KINDS, type FocalPoint, VISIBILITIES } from '../asset.ts'
import { downloadPath } from '../grants.ts'
import { asset } from './nodes.ts'
import { CropEnum, FormatEnum, publicUrl, renditionNear, renditionsOf, RenditionType } from './rendition.ts'

export const AssetKindEnum = builder.enumType('AssetKind', {
  description:
    'What an asset is by its bytes. IMAGE is shown in many sizes, VIDEO plays, FILE is downloaded.',
  values: ASSET_KINDS,
})

export const VisibilityEnum = builder.enumType('AssetVisibility', {
  description:
    'PUBLIC: whoever knows the address. PRIVATE: whoever holds an address that is signed and ends soon.',
  values: VISIBILITIES,
})

const FocalPointType = builder.objectRef<FocalPoint>('FocalPoint').implement({
  description: 'What a crop keeps, from 0 to 1.',
  fields: (t) => ({
    x: t.float({ description: 'From the left.', resolve: ({ x }) => x / 100 }),
    y: t.float({ description: 'From the top.', resolve: ({ y }) => y / 100 }),
  }),
})

/** How long an address for downloading holds. */
const DOWNLOAD_MS = 900_000

const shapeArgs = builder.args((t) => ({
  crop: t.field({ type: CropEnum, description: 'ORIGINAL when not said.' }),
  format: t.field({ type: FormatEnum, description: 'WEBP when not said.' }),
}))

builder.node(asset.ref, {
  ...asset.options,
  description: 'A picture, film or file of the shop.',
  fields: (t) => ({
    kind: t.field({ type: AssetKindEnum, resolve: ({ kind }) => kind }),
    visibility: t.field({ type: VisibilityEnum, resolve: ({ visibility }) => visibility }),
    fileName: t.exposeString('fileName'),
    mediaType: t.exposeString('mediaType', { description: 'Of the upload, read out of its bytes.' }),
    bytes: t.exposeInt('bytes', { description: 'Of the upload.' }),
    width: t.exposeInt('width', { nullable: true, description: 'Of a picture, upright, in pixels.' }),
    height: t.exposeInt('height', { nullable: true }),
    alt: t.string({
      description: 'What is to be seen, for those who cannot; empty when nobody wrote it.',
      resolve: ({ alt }, _args, ctx) => localize(alt, ctx),
    }),
    altTexts: t.field({ type: LocalizedText, resolve: ({ alt }) => alt }),
    focalPoint: t.field({
      type: FocalPointType,
      nullable: true,
      description: 'Of a picture.',
      resolve: ({ kind, focal }) => (kind === 'IMAGE' ? focal : null),
    }),
    placeholder: t.exposeString('placeholder', {
      nullable: true,
      description: 'ThumbHash of a picture in base64: what to show until it is there, in 25 bytes.',
    }),
    url: t.string({
      nullable: true,
      description:
        'A picture in WebP, at most 1,280 pixels wide; a film or file as it is. Null when it is private. A path is one of the shop’s own server.',
      resolve: (row, _args, ctx) => (row.visibility === 'PUBLIC' ? publicUrl(ctx, usualPath(row)) : null),
    }),
    path: t.string({
      nullable: true,
      description:
        'The same on the shop’s own server, wherever else it is told from: what an attribute of the kind FILE takes as its url, to hold the asset. Null when it is private.',
      resolve: (row) => (row.visibility === 'PUBLIC' ? usualPath(row) : null),
    }),
    rendition: t.field({
      type: RenditionType,
      nullable: true,
      description:
        'The widest size of a picture that is no wider than this; null for what is no public picture.',
      args: { ...shapeArgs, maxWidth: t.arg.int({ description: 'In pixels; 1,280 when not said.' }) },
      resolve: (row, args, ctx) => renditionNear(ctx, row, args),
    }),
    renditions: t.field({
      type: [RenditionType],
      description: 'Every size of a picture in one shape and format, the narrowest first. None is enlarged.',
      args: shapeArgs,
      resolve: (row, args, ctx) => [...renditionsOf(ctx, row, args)],
    }),
    srcset: t.string({
      description:
        'The same as the attribute srcset of <img> and <source> takes it; empty for no public picture.',
      args: shapeArgs,
      resolve: (row, args, ctx) =>
        renditionsOf(ctx, row, args)
          .map(({ url, width }) => `${url} ${width}w`)
          .join(', '),
    }),
    downloadUrl: t.string({
      nullable: true,
      description:
        'A path to the bytes as they were uploaded, for 15 minutes. Null, with an error of its own, without catalog:read.',
      authScopes: { permission: 'catalog:read' },
      resolve: (row, _args, ctx) =>
        ctx.assets ? downloadPath(ctx.assets, row, new Date(ctx.now().getTime() + DOWNLOAD_MS)) : null,
    }),
    version: t.exposeInt('version'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ updatedAt }) => updatedAt }),
  }),
})
