import { allChannels } from '@hilo/channels'
import { command, type Context, type Executor, type FullExecutor } from '@hilo/db'
import { type Clock, marketReader, newId, ok, type Refusal, SYSTEM, type Uuid } from '@hilo/kernel'
import { publishDraft } from './draft.ts'

/** Drafts of one round: each is a transaction of its own. */
const MOST = 100

/** A refusal as it is kept; amounts of money are read from text too. */
const kept = ({ code, data, path }: Refusal): string =>
  JSON.stringify({ code, data, path }, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )

/** Publishes a draft; one that is refused stays, with the refusal. */
const publishDue = async (
  system: Context,
  draft: { readonly productId: Uuid; readonly ifVersion: number },
) => {
  const request = { operation: 'publishDueDraft', input: null }
  const outcome = await command(system, request, (ctx) => publishDraft(ctx, draft))
  if (outcome.ok) return
  await command(system, request, async (ctx) => {
    await ctx.db
      .updateTable('product_draft')
      .set({ failed: outcome.error.code, refusal: kept(outcome.error) })
      .where('product_id', '=', draft.productId)
      .where('version', '=', draft.ifVersion)
      .execute()
    return ok(null)
  })
}

/**
 * Publishes the drafts whose time has come, or says of each why it was refused. Returns how many it took. Throws at the end
 * what was unexpected, as one error: a draft that fails keeps back none behind it, and is tried again in the next round.
 */
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
  const due = await db
    .selectFrom('product_draft')
    .select(['product_id as productId', 'version as ifVersion'])
    .where('publish_at', '<=', now())
    .where('failed', 'is', null)
    .orderBy('publish_at')
    .limit(MOST)
    .execute()
  const failures: unknown[] = []
  for (const draft of due) await publishDue(system, draft).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'Drafts that are due cannot be published')
  return due.length
}

/** When a draft is due next after a moment. */
export const nextDueDraft = async (db: Executor<'product_draft'>, after: Date): Promise<Date | null> => {
  const { at } = await db
    .selectFrom('product_draft')
    .select(({ fn }) => fn.min('publish_at').as('at'))
    .where('publish_at', '>', after)
    .where('failed', 'is', null)
    .executeTakeFirstOrThrow()
  return at
}
