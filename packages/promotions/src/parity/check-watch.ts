import { variantsHeld } from '@hilo/catalog'
import { appendEvents, command, type Context, type FullExecutor } from '@hilo/db'
import { type Clock, encodeId, localize, ok, type Locale } from '@hilo/kernel'
import { allPriceLists } from '@hilo/prices'
import { publicFacts } from '../public-facts.ts'
import { systemContext } from '../start-promotion-work.ts'
import { differenceMessage } from './difference-message.ts'
import { PARITY } from './errors.ts'
import type { ParityColumn } from './grid.ts'
import { type Finding, judge } from './judge.ts'
import { type Missing, missing, missingFor } from './missing.ts'
import { readDimensions } from './read-dimensions.ts'
import { type ParityGrid, readGrid } from './read-grid.ts'
import { type ParityTarget, targetVariants } from './report.ts'
import { type KeptFinding, MAX_FINDINGS, MAX_WATCHED_CELLS, type ParityWatch } from './watch.ts'
import { MOST_TOLD, watchEvent } from './watch-events.ts'
import { takeDueWatch, watchesByIds } from './watch-queries.ts'

/** How often a watch is checked though nothing happened, in milliseconds: prices also change by the clock. */
const EVERY_MS = 15 * 60_000

const viewerOf = ({ channel, segment, deviceKind, at }: ParityColumn): string =>
  [channel.code, segment?.code, deviceKind, at.toISOString()].filter(Boolean).join(' · ')

const keep = async (
  ctx: Context,
  { columns }: ParityGrid,
  findings: readonly Finding[],
): Promise<KeptFinding[]> => {
  const first = findings.slice(0, MAX_FINDINGS)
  if (first.length === 0) return []
  const variants = await variantsHeld(ctx.db, [...new Set(first.map(({ variantId }) => variantId))])
  const skus = new Map(variants.map(({ id, sku }) => [id, sku]))
  const lists = new Map((await allPriceLists(ctx.db, 'all')).map(({ id, name }) => [id, name]))
  const messages = (reasons: Finding['reasons'], locale: Locale) =>
    reasons.map((reason) =>
      differenceMessage(
        reason,
        {
          listName: (id) => localize(lists.get(id) ?? {}, { ...ctx, locale }),
          promotionName: ({ name }) => localize(name, { ...ctx, locale }),
        },
        locale,
      ),
    )
  return first.map(({ column, baseline, reasons, ...finding }) => ({
    ...finding,
    variantId: encodeId('variant', finding.variantId),
    sku: skus.get(finding.variantId) ?? '',
    viewer: viewerOf(columns[column]!),
    baseline: viewerOf(columns[baseline]!),
    reasons: reasons.map((reason) => ({ code: reason.code, facts: publicFacts(reason) })),
    messages: {
      en: messages(reasons, 'en'),
      es: messages(reasons, 'es'),
    },
  }))
}

/** What is compared, without variants that were deleted since it was asked for. */
const targetNow = async (ctx: Context, target: ParityTarget): Promise<ParityTarget> => {
  if (!target.variantIds?.length) return target
  const held = await variantsHeld(ctx.db, target.variantIds)
  return { variantIds: held.map(({ id }) => id) }
}

/** What a check found. */
type Look = Pick<ParityWatch, 'findings' | 'findingCount' | 'missing' | 'called'>

const look = async (ctx: Context, { id, asked, called }: ParityWatch): Promise<Look> => {
  const watch = encodeId('parityWatch', id)
  const nothing = (gone: Missing): Look => ({ findings: [], findingCount: 0, missing: gone, called })
  const now = ctx.now().getTime()
  const times = asked.hours.map((hour) => new Date(now + hour * 3_600_000))
  const dimensions = await readDimensions(ctx, { ...asked, times })
  if (!dimensions.ok) return nothing(missingFor(dimensions.error, { watch, called: null }))
  const wanted = await targetNow(ctx, asked.target)
  const [first] = asked.target.variantIds ?? []
  if (first && wanted.variantIds?.length === 0)
    return nothing(missing('variant', encodeId('variant', first), null))
  const target = await targetVariants(ctx, wanted, dimensions.value, MAX_WATCHED_CELLS)
  if (!target.ok) return nothing(missingFor(target.error, { watch, called }))
  const { ids, truncated, name = null } = target.value
  const grid = await readGrid(ctx, dimensions.value, ids)
  const found = judge(grid, asked)
  const outgrown = PARITY.refuse('PARITY_TOO_LARGE', { max: MAX_WATCHED_CELLS }).error
  return {
    findings: await keep(ctx, grid, found),
    findingCount: found.length,
    missing: truncated ? missingFor(outgrown, { watch, called: name }) : null,
    called: name,
  }
}

/**
 * Checks the watch that is due for the longest, and tells when it breaks, also because its target is gone, and when it
 * holds again. False when none is due.
 * It is looked at outside of the transaction, which writes what was found only while the watch is the one that was taken:
 * several processes never tell the same twice, and what one left half done another does a minute later.
 */
export const checkDueWatch = async (db: FullExecutor, clock: Clock): Promise<boolean> => {
  const ctx = await systemContext(db, clock)
  const due = ctx && (await takeDueWatch(db, clock()))
  if (!due) return false
  const [watch] = await watchesByIds(db, ['all'], [due.id])
  if (!watch) return true
  const { findings, findingCount, missing: gone, called } = await look(ctx, watch)
  const state = gone || findingCount > 0 ? 'BROKEN' : 'HOLDS'
  await command(ctx, { operation: 'checkParityWatch', input: null }, async (inner) => {
    const at = inner.now()
    const { numUpdatedRows } = await inner.db
      .updateTable('parity_watch')
      .set((eb) => ({
        state,
        findings: JSON.stringify(findings),
        finding_count: findingCount,
        missing: gone && JSON.stringify(gone),
        called: called && JSON.stringify(called),
        checked_at: at,
        updated_at: at,
        version: watch.version + 1,
        // Marked anew while it was looked at, it is due again at once.
        due_at: eb
          .case()
          .when('due_at', '=', due.lease)
          .then(new Date(at.getTime() + EVERY_MS))
          .else(eb.ref('due_at'))
          .end(),
      }))
      .where('id', '=', watch.id)
      .where('version', '=', watch.version)
      .executeTakeFirstOrThrow()
    const { id: watchId, name } = watch
    if (numUpdatedRows === 0n) return ok(null)
    // What broke by differences and lost its target since, or the other way round, is news.
    if (state === 'BROKEN' && (watch.state !== 'BROKEN' || !watch.missing !== !gone)) {
      const told = {
        watchId,
        name,
        findingCount,
        findings: findings.slice(0, MOST_TOLD),
        ...(gone && { missing: gone }),
      }
      await appendEvents(inner, [watchEvent('ParityBroken.v1', told)])
    }
    if (state === 'HOLDS' && watch.state === 'BROKEN') {
      await appendEvents(inner, [watchEvent('ParityRestored.v1', { watchId, name })])
    }
    return ok(null)
  })
  return true
}
