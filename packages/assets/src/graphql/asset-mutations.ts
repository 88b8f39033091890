import {
  builder,
  defineMutation,
  LocalizedInput,
  readId,
  readLocalized,
  type RequestContext,
  toGlobalId,
} from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { deleteAsset, updateAsset } from '../change-asset.ts'
import { ASSET_REFUSALS } from '../errors.ts'
import { MAX_NAME, readFileName } from '../file-name.ts'
import { type UploadGrant, uploadPath } from '../grants.ts'
import { VisibilityEnum } from './asset.ts'
import { assetField } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

/** How long an address for uploading holds. */
const UPLOAD_MS = 900_000

interface Upload {
  readonly path: string
  readonly until: string
  readonly maxBytes: number
}

const UploadType = builder.objectRef<Upload>('AssetUpload').implement({
  description:
    'Where to send the bytes: PUT them to the url, as the body and nothing else. The answer is {"assetId", "isNew"}, or {"error": {"code", "message", "data"}}. The same bytes twice are one asset.',
  fields: (t) => ({
    url: t.string({
      description: 'A path of the shop’s own server; whoever has it may use it, so do not hand it on.',
      resolve: ({ path }) => path,
    }),
    maxBytes: t.exposeInt('maxBytes'),
    expiresAt: t.field({ type: 'DateTime', resolve: ({ until }) => new Date(until) }),
  }),
})

/** Who uploads, for the event of it; what they may do, the address says. */
const nameOf = (actor: RequestContext['actor']): UploadGrant['actor'] =>
  'grants' in actor ? { ...actor, grants: [] } : actor

defineMutation('assetUploadCreate', {
  description:
    'Gives an address for uploading a file, which holds for 15 minutes. Refuses FILE_NAME_INVALID, ASSETS_NOT_KEPT.',
  access,
  transaction: 'own',
  input: (t) => ({
    fileName: t.string({
      required: true,
      description: 'Such as beans.jpg, for people: what it is, its bytes say.',
    }),
    visibility: t.field({ type: VisibilityEnum, description: 'PUBLIC when not said; never changes.' }),
    onlyPictures: t.boolean({ description: 'Refuse what cannot be shown as a picture. Default false.' }),
  }),
  run: async (ctx, { fileName, visibility, onlyPictures }) => {
    if (!ctx.assets) return ASSET_REFUSALS.refuse('ASSETS_NOT_KEPT', {})
    const name = readFileName(fileName, ['fileName'])
    if (!name.ok) return name
    const until = ctx.now().getTime() + UPLOAD_MS
    const { maxImageBytes, maxFileBytes } = ctx.assets
    const maxBytes = onlyPictures ? maxImageBytes : maxFileBytes
    const path = uploadPath(ctx.assets, {
      until,
      fileName: name.value,
      visibility: visibility ?? 'PUBLIC',
      onlyPictures: onlyPictures ?? false,
      actor: nameOf(ctx.actor),
      channel: ctx.channel.code,
    })
    return ok({ path, until: new Date(until).toISOString(), maxBytes })
  },
  payload: (t) => ({
    upload: t.field({ type: UploadType, nullable: true, resolve: ({ value }) => value ?? null }),
  }),
})

/** What a file at an address is called when nobody says: the last part of its path. */
const nameIn = (url: string): string => {
  const last = URL.parse(url)?.pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || 'file'
  } catch {
    return last
  }
}

defineMutation('assetImport', {
  description:
    'Fetches a file from the public internet, follows at most 3 redirects, and makes an asset of it; what it is, its bytes say. Takes up to a minute. Refuses FILE_NAME_INVALID, ASSETS_NOT_FETCHED, IMPORT_BUSY, IMPORT_CUT_OFF, FILE_NOT_FETCHED, WEBHOOK_URL_INVALID, WEBHOOK_URL_PRIVATE, WEBHOOK_HOST_UNKNOWN, and what an upload does.',
  access,
  transaction: 'own',
  input: (t) => ({
    url: t.string({ required: true, description: 'https://…' }),
    fileName: t.string({ description: 'The last part of the address when not said.' }),
    visibility: t.field({ type: VisibilityEnum, description: 'PUBLIC when not said; never changes.' }),
  }),
  run: async (ctx, { url, fileName, visibility }) => {
    if (!ctx.assets?.importFrom) return ASSET_REFUSALS.refuse('ASSETS_NOT_FETCHED', {})
    const name = readFileName(fileName ?? nameIn(url).slice(-MAX_NAME), ['fileName'])
    if (!name.ok) return name
    const file = { url, fileName: name.value, visibility: visibility ?? 'PUBLIC' }
    return ctx.assets.importFrom(ctx, file)
  },
  payload: (t) => ({
    asset: t.field(assetField),
    isNew: t.boolean({
      description: 'False when the same bytes were an asset before.',
      resolve: ({ value }) => value?.isNew ?? false,
    }),
  }),
})

const FocalPointInput = builder.inputType('FocalPointInput', {
  description: 'From 0 to 1; kept in hundredths.',
  fields: (t) => ({
    x: t.float({ required: true, description: 'From the left.' }),
    y: t.float({ required: true, description: 'From the top.' }),
  }),
})

defineMutation('assetUpdate', {
  description:
    'Changes an asset; what is left out stays. Another focal point gives the crops other addresses. Refuses NOT_FOUND, VERSION_CONFLICT, FILE_NAME_INVALID, ALT_TEXT_INVALID, FOCAL_POINT_INVALID.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    fileName: t.string(),
    alt: t.field({ type: LocalizedInput, description: 'At most 500 characters in each language.' }),
    focalPoint: t.field({ type: FocalPointInput }),
  }),
  run: async (ctx, input) => {
    const id = readId('asset', input.id, ['id'])
    if (!id.ok) return id
    return updateAsset(ctx, { ...input, id: id.value, alt: input.alt && readLocalized(input.alt) })
  },
  payload: (t) => ({ asset: t.field(assetField) }),
})

defineMutation('assetDelete', {
  description:
    'Deletes an asset that is shown and given nowhere, with every size of it. Caches may keep what they have. Refuses NOT_FOUND, VERSION_CONFLICT, ASSET_IN_USE.',
  access,
  input: (t) => ({ id: t.id({ required: true }), ifVersion: t.int() }),
  run: async (ctx, input) => {
    const id = readId('asset', input.id, ['id'])
    return id.ok ? deleteAsset(ctx, { ...input, id: id.value }) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => (value ? toGlobalId('Asset', value.assetId) : null),
    }),
  }),
})
