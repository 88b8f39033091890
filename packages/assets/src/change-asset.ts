import { appendEvents, changesBetween, type Context, type DB } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, type Result, type Sentence, type Uuid } from '@hilo/kernel'
import type { Selectable } from 'kysely'
import { cropFolder } from './addresses.ts'
import { type AssetKind, type FocalPoint, prefixOf, type Visibility } from './asset.ts'
import { ASSET_REFUSALS } from './errors.ts'
import { assetEvent } from './events.ts'
import { readFileName } from './file-name.ts'
import { noteRemoval } from './removals.ts'
import { type Crop, CROPS } from './renditions.ts'

/** What to change of an asset; what is left out stays. */
export interface AssetChange {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
  readonly fileName?: string | null | undefined
  readonly alt?: Localized | null | undefined
  /** From 0 to 1, from the left and from the top. */
  readonly focalPoint?: FocalPoint | null | undefined
}

/** Most characters of an alternative text in one language. */
export const MAX_ALT = 500

const MAX_LANGUAGES = 50

/** Pages that were told the old crops may still ask for them, so they go later. */
const KEEP_CROPS_MS = 86_400_000

// oxlint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f]/

const { refuse } = ASSET_REFUSALS

const lockAsset = async (
  ctx: Context,
  { id, ifVersion }: Pick<AssetChange, 'id' | 'ifVersion'>,
): Promise<Result<Selectable<DB['asset']>>> => {
  const row = await ctx.db.selectFrom('asset').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) return COMMON.refuse('NOT_FOUND', { kind: 'asset', id: encodeId('asset', id) }, ['id'])
  if (ifVersion != null && ifVersion !== row.version)
    return COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
  return ok(row)
}

const isSoundAlt = (alt: Localized): boolean => {
  const texts = Object.values(alt)
  return (
    texts.length <= MAX_LANGUAGES &&
    texts.every((text) => text.length <= MAX_ALT && text.isWellFormed() && !INVISIBLE.test(text))
  )
}

const isInside = ({ x, y }: FocalPoint): boolean => [x, y].every((each) => each >= 0 && each <= 1)

const percent = ({ x, y }: FocalPoint): FocalPoint => ({ x: Math.round(x * 100), y: Math.round(y * 100) })

const factsOf = (row: Selectable<DB['asset']>) => ({
  id: row.id,
  kind: row.kind as AssetKind,
  fileName: row.file_name,
  visibility: row.visibility as Visibility,
})

const check = (
  { kind }: Selectable<DB['asset']>,
  { fileName, alt, focalPoint }: AssetChange,
): Result<unknown> => {
  if (fileName != null) {
    const name = readFileName(fileName, ['fileName'])
    if (!name.ok) return name
  }
  if (alt && !isSoundAlt(alt)) return refuse('ALT_TEXT_INVALID', { max: MAX_ALT }, ['alt'])
  if (focalPoint && (kind !== 'IMAGE' || !isInside(focalPoint)))
    return refuse('FOCAL_POINT_INVALID', {}, ['focalPoint'])
  return ok(null)
}

/** Changes the name, the alternative texts or the focal point of an asset; crops about another point have other addresses. */
export const updateAsset = async (ctx: Context, change: AssetChange): Promise<Result<{ assetId: Uuid }>> => {
  const locked = await lockAsset(ctx, change)
  if (!locked.ok) return locked
  const before = locked.value
  const checked = check(before, change)
  if (!checked.ok) return checked
  const old: FocalPoint = { x: before.focal_x, y: before.focal_y }
  const focal = change.focalPoint ? percent(change.focalPoint) : old
  const now = {
    fileName: change.fileName?.trim() ?? before.file_name,
    alt: change.alt ?? (before.alt as Localized),
    focalPoint: { ...focal },
  }
  await ctx.db
    .updateTable('asset')
    .set({
      file_name: now.fileName,
      alt: JSON.stringify(now.alt),
      focal_x: focal.x,
      focal_y: focal.y,
      version: before.version + 1,
      updated_at: ctx.now(),
    })
    .where('id', '=', before.id)
    .execute()
  if (focal.x !== old.x || focal.y !== old.y) {
    const due = new Date(ctx.now().getTime() + KEEP_CROPS_MS)
    for (const crop of Object.keys(CROPS) as Crop[])
      if (CROPS[crop]) await noteRemoval(ctx.db, `${prefixOf(before.id)}${cropFolder(crop, old)}/`, due)
  }
  const was = { fileName: before.file_name, alt: before.alt as Localized, focalPoint: { ...old } }
  await appendEvents(ctx, [
    assetEvent('AssetUpdated.v1', { ...factsOf(before), fileName: now.fileName }, changesBetween(was, now)),
  ])
  return ok({ assetId: before.id })
}

/** What can hold an asset, by the table whose foreign key refuses to let go. */
const HOLDERS: Readonly<Record<string, Sentence>> = {
  attribute_value: { en: 'an attribute of a product', es: 'un atributo de un producto' },
  digital_file: { en: 'a digital product', es: 'un producto digital' },
  image: { en: 'the pictures of a product', es: 'las imágenes de un producto' },
}

const SOMETHING: Sentence = { en: 'another part of the shop', es: 'otra parte de la tienda' }

/** Deletes an asset that is neither shown nor given anywhere; its bytes follow as soon as the worker hears of it. */
export const deleteAsset = async (
  ctx: Context,
  { id, ifVersion }: Pick<AssetChange, 'id' | 'ifVersion'>,
): Promise<Result<{ assetId: Uuid }>> => {
  const locked = await lockAsset(ctx, { id, ifVersion })
  if (!locked.ok) return locked
  try {
    await ctx.db.deleteFrom('asset').where('id', '=', id).execute()
  } catch (error) {
    const violation = error as { readonly code?: string; readonly table?: string }
    // The transaction is then only good for rolling back, which `command()` does when the use case refuses.
    if (violation.code === '23503')
      return refuse('ASSET_IN_USE', { heldBy: HOLDERS[violation.table ?? ''] ?? SOMETHING }, ['id'])
    throw error
  }
  await noteRemoval(ctx.db, prefixOf(id), ctx.now())
  await appendEvents(ctx, [assetEvent('AssetDeleted.v1', factsOf(locked.value))])
  return ok({ assetId: id })
}
