import { appendEvents, type Context, waitTurn } from '@hilo/db'
import { COMMON, encodeId, newId, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import { checkViewing, VIEWING } from '../view-as/viewer.ts'
import { PARITY } from './errors.ts'
import { readDimensions } from './read-dimensions.ts'
import { targetVariants } from './report.ts'
import { MAX_WATCHED_CELLS, MAX_WATCHES, type Watched } from './watch.ts'
import { countWatches, watchesByIds } from './watch-queries.ts'
import { watchEvent } from './watch-events.ts'

/** A watch as staff ask for it. */
export interface NewWatch extends Watched {
  readonly name: string
}

/** The value of changes of a watch, as JSON for replays. */
export interface WatchKey {
  readonly watchId: Uuid
}

const MAX_HOURS = 8_760

const invalidField = ({ name, tolerancePpm, hours }: NewWatch): string | undefined => {
  if (name.trim().length < 1 || name.length > 200) return 'name'
  if (!Number.isInteger(tolerancePpm) || tolerancePpm < 0 || tolerancePpm > 1_000_000) return 'tolerancePpm'
  return hours.some((hour) => hour < 0 || hour > MAX_HOURS) ? 'hours' : undefined
}

/**
 * Has a comparison watched from now on. Refuses `PARITY_WATCH_INVALID`, `PARITY_WATCH_LIMIT`, and what a report of it would
 * be refused with.
 */
export const createWatch = async (ctx: Context, watch: NewWatch): Promise<Result<WatchKey>> => {
  const field = invalidField(watch)
  if (field) return PARITY.refuse('PARITY_WATCH_INVALID', { field }, [field])
  const { name, ...asked } = watch
  const at = ctx.now()
  const times = asked.hours.map((hour) => new Date(at.getTime() + hour * 3_600_000))
  const dimensions = await readDimensions(ctx, { ...asked, times })
  if (!dimensions.ok) return dimensions
  const found = await targetVariants(ctx, asked.target, dimensions.value, MAX_WATCHED_CELLS)
  if (!found.ok) return found
  // A watch that looks at a part only would say that all holds.
  if (found.value.truncated) {
    const path = asked.target.categoryId ? 'categoryId' : 'collectionId'
    return PARITY.refuse('PARITY_TOO_LARGE', { max: MAX_WATCHED_CELLS }, [path])
  }
  await waitTurn(ctx.db, 'parity_watch')
  if ((await countWatches(ctx.db)) >= MAX_WATCHES)
    return PARITY.refuse('PARITY_WATCH_LIMIT', { max: MAX_WATCHES })
  const id = newId()
  const channelIds = dimensions.value.channels.map((channel) => channel.id)
  await ctx.db
    .insertInto('parity_watch')
    .values({
      id,
      name: name.trim(),
      asked: JSON.stringify({ ...asked, channelIds }),
      channel_ids: channelIds,
      due_at: at,
      created_at: at,
      updated_at: at,
    })
    .execute()
  await appendEvents(ctx, [watchEvent('ParityWatchCreated.v1', { watchId: id, name: name.trim() })])
  return ok({ watchId: id })
}

/** Ends a watch. Refuses `NOT_FOUND`, and `FORBIDDEN` where the actor may not read one of its channels. */
export const deleteWatch = async (ctx: Context, { watchId }: WatchKey): Promise<Result<WatchKey>> => {
  const reaches = VIEWING.map((permission) => reachOf(ctx.actor, permission))
  const [watch] = await watchesByIds(ctx.db, reaches, [watchId])
  if (!watch) {
    return COMMON.refuse('NOT_FOUND', { kind: 'parityWatch', id: encodeId('parityWatch', watchId) }, [
      'watchId',
    ])
  }
  for (const channelId of watch.asked.channelIds) {
    const allowed = checkViewing(ctx, channelId, ['watchId'])
    if (!allowed.ok) return allowed
  }
  await ctx.db.deleteFrom('parity_watch').where('id', '=', watchId).execute()
  await appendEvents(ctx, [watchEvent('ParityWatchDeleted.v1', { watchId, name: watch.name })])
  return ok({ watchId })
}
