import { assetsByIds } from '@hilo/assets'
import { type Context, type Executor } from '@hilo/db'
import { COMMON, encodeId, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { GOODS_REFUSALS } from '../measure/errors.ts'
import { lockVariant, touchVariant } from '../measure/lock-variant.ts'
import { checkCount } from '../text.ts'
import { filesOfVariants, isStorageKey, MAX_BODY, MAX_FILES } from './digital-file.ts'

/** A file as staff enter it: a text of its own, an asset, or what a key in the shop's store of files names. */
export interface DigitalFileInput {
  readonly name: string
  readonly mediaType: string
  readonly body?: string | null
  readonly storageKey?: string | null
  readonly assetId?: Uuid | null
  /** Default 5. */
  readonly maxDownloads?: number | null
  /** Default 30. */
  readonly days?: number | null
}

/** A name that a browser can save under: no path, nothing that cannot be seen. */
const NAME = /^(?!\.)[^/\\\p{C}]{1,200}$/u
/** RFC 6838, with parameters such as a charset. */
const MEDIA_TYPE = /^[a-z0-9][\w.+-]{0,63}\/[a-z0-9][\w.+-]{0,63}(?:; ?[a-z]+=[\w-]{1,40})?$/

const isBetween = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= most

const isBody = (body: string): boolean =>
  body.length <= MAX_BODY && body.isWellFormed() && !body.includes('\0')

const badField = ({ name, mediaType, body, maxDownloads, days, ...file }: DigitalFileInput) => {
  if (!NAME.test(name) || !name.isWellFormed()) return 'name'
  if (!MEDIA_TYPE.test(mediaType)) return 'mediaType'
  const { storageKey, assetId } = file
  const sources = [body, storageKey, assetId].filter((each) => each != null)
  if (sources.length !== 1 || (body != null && !isBody(body))) return 'body'
  if (storageKey != null && !isStorageKey(storageKey)) return 'storageKey'
  if (!isBetween(maxDownloads ?? 1, 1_000)) return 'maxDownloads'
  return isBetween(days ?? 1, 3_650) ? undefined : 'days'
}

const checkAssets = async (ctx: Context, files: readonly DigitalFileInput[]): Promise<Result<unknown>> => {
  const ids = files.flatMap(({ assetId }) => assetId ?? [])
  if (ids.length === 0) return ok(null)
  const known = new Set((await assetsByIds(ctx.db, ids, { seesAll: true })).map(({ id }) => id))
  const index = files.findIndex(({ assetId }) => assetId != null && !known.has(assetId))
  if (index === -1) return ok(null)
  const id = encodeId('asset', files[index]!.assetId!)
  return COMMON.refuse('NOT_FOUND', { kind: 'asset', id }, ['files', String(index), 'assetId'])
}

/**
 * Gives the buyers of a variant exactly these files from now on. Who bought others keeps those: a file is put away, and
 * never changed or deleted.
 */
export const setFiles = async (
  ctx: Context,
  {
    variantId,
    ifVersion,
    files,
  }: {
    readonly variantId: Uuid
    readonly ifVersion?: number | null
    readonly files: readonly DigitalFileInput[]
  },
): Promise<Result<{ variantId: Uuid }>> => {
  const counted = checkCount(files, MAX_FILES, ['files'])
  if (!counted.ok) return counted
  for (const [index, file] of files.entries()) {
    const field = badField(file)
    if (field)
      return GOODS_REFUSALS.refuse('DIGITAL_FILE_INVALID', { field }, ['files', String(index), field])
  }
  const assets = await checkAssets(ctx, files)
  if (!assets.ok) return assets
  const variant = await lockVariant(ctx, { variantId, ifVersion: ifVersion ?? null })
  if (!variant.ok) return variant
  const db: Executor<'digital_file' | 'bundle_component'> = ctx.db
  const bundle = await db
    .selectFrom('bundle_component')
    .select('bundle_id')
    .where('bundle_id', '=', variantId)
    .executeTakeFirst()
  if (bundle && files.length > 0) {
    return GOODS_REFUSALS.refuse('BUNDLE_NOT_ITSELF', { sku: variant.value.sku }, ['variantId'])
  }
  const before = await filesOfVariants(db, [variantId])
  await db
    .updateTable('digital_file')
    .set({ removed_at: ctx.now() })
    .where('variant_id', '=', variantId)
    .where('removed_at', 'is', null)
    .execute()
  const rows = files.map((file, position) => ({
    id: newId(),
    variant_id: variantId,
    name: file.name,
    media_type: file.mediaType,
    body: file.body ?? null,
    storage_key: file.storageKey ?? null,
    asset_id: file.assetId ?? null,
    max_downloads: file.maxDownloads ?? 5,
    days: file.days ?? 30,
    position,
  }))
  if (rows.length > 0) await db.insertInto('digital_file').values(rows).execute()
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)
  await touchVariant(ctx, variant.value, { files: [names(before), names(files)] })
  return ok({ variantId })
}
