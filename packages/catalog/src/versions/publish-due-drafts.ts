import { allChannels } from '@hilo/channels'
import { command, type Context, type FullExecutor } from '@hilo/db'
import { type Clock, marketReader, newId, ok, SYSTEM } from '@hilo/kernel'
import { publishDraft } from './draft.ts'

/** Drafts of one round: each is a transaction of its own. */
const MOST = 100

/** Publishes the drafts whose time has come; one that is refused stays, with the code of the refusal. Returns how many it took. */
export const publishDueDrafts = async (db: FullExecutor, now: Clock): Promise<number> => {
  const [channel] = await allChannels(db)
  if (!channel) return 0
  const system: Context = {
    db,
    actor: SYSTEM,
    channel,
    ...marketReader(channel.market),
    now,
    correlationId: newId(),
  }
  const due = await system.db
    .selectFrom('product_draft')
    .select(['product_id', 'version'])
    .where('publish_at', '<=', system.now())
    .where('failed', 'is', null)
    .orderBy('publish_at')
    .limit(MOST)
    .execute()
  for (const { product_id: productId, version } of due) {
    const request = { operation: 'publishDueDraft', input: null }
    const outcome = await command(system, request, (ctx) =>
      publishDraft(ctx, { productId, ifVersion: version }),
    )
    if (outcome.ok) continue
    await command(system, request, async (ctx) => {
      await ctx.db
        .updateTable('product_draft')
        .set({ failed: outcome.error.code })
        .where('product_id', '=', productId)
        .where('version', '=', version)
        .execute()
      return ok(null)
    })
  }
  return due.length
}
