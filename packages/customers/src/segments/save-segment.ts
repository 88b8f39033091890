import { appendEvents, changesBetween, type Context, waitTurn } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { refuseNarrowed } from '../refuse-narrowed.ts'
import { SEGMENT_REFUSALS } from './errors.ts'
import { segmentEvent } from './events.ts'
import { segmentsByIds } from './segment-queries.ts'

/** Segments of a shop at most, archived ones too. */
const MAX_SEGMENTS = 1_000
const MAX_TEXT = 500
const CODE = /^[a-z0-9][a-z0-9_-]{0,59}$/

/** A segment to make. */
export interface NewSegment {
  readonly code: string
  readonly name: Localized
  readonly description?: Localized | undefined
}

/** What to change of a segment; what is left out stays. */
export interface SegmentChange {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
  readonly name?: Localized | undefined
  readonly description?: Localized | undefined
  /** An archived segment counts for nothing, and keeps its members for when it is taken out again. */
  readonly archived?: boolean | undefined
}

const checkTexts = (name?: Localized, description?: Localized): Result<null> => {
  const isBad = (texts: Localized = {}) =>
    Object.values(texts).some((text) => text.length > MAX_TEXT || text !== storable(text))
  const hasName = !name || Object.values(name).some((text) => text.trim())
  if (hasName && !isBad(name) && !isBad(description)) return ok(null)
  const field = hasName && !isBad(name) ? 'description' : 'name'
  return SEGMENT_REFUSALS.refuse('SEGMENT_TEXT_INVALID', { max: MAX_TEXT }, [field])
}

/** Makes a segment without members. */
export const createSegment = async (
  ctx: Context,
  { code, name, description = {} }: NewSegment,
): Promise<Result<{ segmentId: Uuid }>> => {
  const allowed = refuseNarrowed(ctx)
  if (!allowed.ok) return allowed
  if (!CODE.test(code)) return SEGMENT_REFUSALS.refuse('SEGMENT_CODE_INVALID', {}, ['code'])
  const texts = checkTexts(name, description)
  if (!texts.ok) return texts
  await waitTurn(ctx.db, 'segment')
  const { count } = await ctx.db
    .selectFrom('segment')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  if (count >= MAX_SEGMENTS) return SEGMENT_REFUSALS.refuse('TOO_MANY_SEGMENTS', { max: MAX_SEGMENTS })
  const id = newId()
  const made = await ctx.db
    .insertInto('segment')
    .values({
      id,
      code,
      name: JSON.stringify(name),
      description: JSON.stringify(description),
      created_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return SEGMENT_REFUSALS.refuse('SEGMENT_CODE_TAKEN', { segmentCode: code }, ['code'])
  await appendEvents(ctx, [segmentEvent('SegmentCreated.v1', { id, code, archived: false })])
  return ok({ segmentId: id })
}

/** Changes the texts of a segment, or takes it into or out of the archive. */
export const updateSegment = async (
  ctx: Context,
  change: SegmentChange,
): Promise<Result<{ segmentId: Uuid }>> => {
  const { id, ifVersion } = change
  const allowed = refuseNarrowed(ctx)
  if (!allowed.ok) return allowed
  const texts = checkTexts(change.name, change.description)
  if (!texts.ok) return texts
  await ctx.db.selectFrom('segment').select('id').where('id', '=', id).forNoKeyUpdate().execute()
  const [before] = await segmentsByIds(ctx.db, ctx.actor, [id])
  if (!before) return COMMON.refuse('NOT_FOUND', { kind: 'segment', id: encodeId('segment', id) }, ['id'])
  if (ifVersion != null && ifVersion !== before.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: before.version }, ['ifVersion'])
  }
  const isArchived = before.archivedAt !== null
  const archived = change.archived ?? isArchived
  const after = { name: change.name ?? before.name, description: change.description ?? before.description }
  await ctx.db
    .updateTable('segment')
    .set({
      name: JSON.stringify(after.name),
      description: JSON.stringify(after.description),
      version: before.version + 1,
      ...(archived !== isArchived && { archived_at: archived ? ctx.now() : null }),
    })
    .where('id', '=', id)
    .execute()
  const { name, description, code } = before
  const changed = changesBetween({ name, description, archived: isArchived }, { ...after, archived })
  await appendEvents(ctx, [segmentEvent('SegmentUpdated.v1', { id, code, archived }, changed)])
  return ok({ segmentId: id })
}
