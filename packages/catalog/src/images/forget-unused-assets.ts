import { deleteAsset } from '@hilo/assets'
import { command, type Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** Assets looked at in one run; the next one goes on. */
const AT_ONCE = 100

/** Deletes assets from before that time which no product, no digital good and no attribute uses, a hundred at most; gives how many. */
export const forgetUnusedAssets = async (ctx: Context, before: Date): Promise<number> => {
  const { rows } = await sql<{ id: Uuid }>`
    select id from asset
    where created_at < ${before}
      and not exists (select from image where image.asset_id = asset.id)
      and not exists (select from digital_file where digital_file.asset_id = asset.id)
      and not exists (select from attribute_value where attribute_value.asset_id = asset.id)
    order by id limit ${AT_ONCE}`.execute(ctx.db)
  let gone = 0
  for (const { id } of rows) {
    // Used meanwhile: then it refuses.
    const deleted = await command(ctx, { operation: 'forgetUnusedAssets', input: null }, (inner) =>
      deleteAsset(inner, { id }),
    )
    if (deleted.ok) gone += 1
  }
  return gone
}
