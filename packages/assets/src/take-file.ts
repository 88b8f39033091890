import { appendEvents, command, type Context } from '@hilo/db'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { assetByContent } from './asset-queries.ts'
import { type Content, originalKey, prefixOf, type Visibility } from './asset.ts'
import { assetEvent } from './events.ts'
import { forgetRemoval, noteRemoval } from './removals.ts'
import type { Storage } from './storage/storage.ts'

/** A file on this disk that was looked at, to become an asset. */
export interface TakenFile {
  readonly path: string
  readonly sha256: Buffer
  readonly content: Content
  readonly fileName: string
  readonly visibility: Visibility
}

/** What became of a file: an asset of its own, or the one that had the same bytes before. */
export interface Taken {
  readonly assetId: Uuid
  readonly isNew: boolean
}

/** How long a file may take on its way into the storage, before what has come of it is taken away again. */
const STORE_WITHIN_MS = 3_600_000

const insertAsset = async (ctx: Context, id: Uuid, file: TakenFile): Promise<Uuid | undefined> => {
  const { kind, mediaType, bytes, width, height, placeholder } = file.content
  const at = ctx.now()
  const row = await ctx.db
    .insertInto('asset')
    .values({
      id,
      kind,
      visibility: file.visibility,
      file_name: file.fileName,
      media_type: mediaType,
      bytes,
      sha256: file.sha256,
      width,
      height,
      placeholder,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(['sha256', 'visibility']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/**
 * Makes an asset of a file, or finds the one that has the same bytes already. The bytes are in the storage before the
 * asset is in the database, and a note to take them away before they are in the storage: whatever dies in between leaves
 * nothing that lasts.
 */
export const takeFile = async (ctx: Context, storage: Storage, file: TakenFile): Promise<Result<Taken>> => {
  const same = await assetByContent(ctx.db, file)
  if (same) return ok({ assetId: same.id, isNew: false })
  const id = newId()
  const prefix = prefixOf(id)
  await noteRemoval(ctx.db, prefix, new Date(ctx.now().getTime() + STORE_WITHIN_MS))
  const { path, sha256, content } = file
  await storage.put(originalKey(id), { path, bytes: content.bytes, sha256 }, content.mediaType)
  return command(ctx, { operation: 'takeFile', input: null }, async (inner): Promise<Result<Taken>> => {
    if (!(await insertAsset(inner, id, file))) {
      const winner = await assetByContent(inner.db, file)
      return ok({ assetId: winner!.id, isNew: false })
    }
    if (!(await forgetRemoval(inner.db, prefix)))
      throw new Error(`The bytes of ${id} were taken away before they were an asset`)
    const { kind } = content
    await appendEvents(inner, [assetEvent('AssetCreated.v1', { id, kind, ...file })])
    return ok({ assetId: id, isNew: true })
  })
}
