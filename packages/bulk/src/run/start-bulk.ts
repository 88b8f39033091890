import { allChannels } from '@hilo/channels'
import { type Context, type EventFeed, type FullExecutor, isOutOfReach, workWhenTold } from '@hilo/db'
import { type Clock, encodeId, marketReader, newId } from '@hilo/kernel'
import { systemContext } from '@hilo/promotions'
import { unpackActor } from '../actor.ts'
import { BULK_JOB_CHANGED, BULK_JOB_CREATED } from '../events.ts'
import { claimTurn, endTurn, forgiveAttempt, type Turn, TurnLost, yieldTurn } from './claim.ts'
import { giveUp, MAX_ATTEMPTS, noteFailure } from './note-failure.ts'
import { runExport } from './run-export.ts'
import { runImport } from './run-import.ts'
import { NoLongerPermitted } from './still-permitted.ts'

/** What imports and exports need to run. */
export interface BulkWork {
  readonly db: FullExecutor
  readonly feed: Pick<EventFeed, 'subscribe'>
  readonly clock: Clock
  readonly logger: { readonly error: (facts: object, message: string) => void }
  readonly signal: AbortSignal
}

/** How long a job goes on before it lets others have their turn. */
const TURN_MS = 10_000

/** The context of a job: in the name of who made it, told by the audit with its id. */
const contextOf = async (ctx: Context, { job, actor, channelId }: Turn): Promise<Context> => {
  const channel = (await allChannels(ctx.db)).find(({ id }) => id === channelId) ?? ctx.channel
  return {
    ...ctx,
    channel,
    ...marketReader(channel.market),
    actor: unpackActor(actor),
    correlationId: encodeId('bulkJob', job.id),
  }
}

interface TurnOptions {
  readonly signal?: AbortSignal
  readonly turnMs?: number
  /** Hears of an attempt that the database took with it, and that could not be taken back: it is still away. */
  readonly onUnforgiven?: (turn: Turn) => void
}

/** Does a piece of the job that has waited for longest; false when there is none. */
export const runNextTurn = async (
  base: Context,
  { signal, turnMs = TURN_MS, onUnforgiven }: TurnOptions = {},
): Promise<boolean> => {
  const turn = await claimTurn(base, newId())
  if (!turn) return false
  const until = performance.now() + turnMs
  const mayGoOn = (): boolean => !signal?.aborted && performance.now() < until
  let ctx = base
  // A piece that outlasts the patience of who stops this process is cut off, and is not to blame.
  const forgive = () => void forgiveAttempt(base, turn).catch(() => undefined)
  signal?.addEventListener('abort', forgive, { once: true })
  try {
    ctx = await contextOf(base, turn)
    // Every one of them ended with its process, or this would have been noted.
    if (turn.attempts > MAX_ATTEMPTS) {
      await giveUp(ctx, turn)
      return true
    }
    const run = turn.job.direction === 'IMPORT' ? runImport : runExport
    if ((await run(ctx, turn, mayGoOn)) === 'MORE') await yieldTurn(ctx, turn)
  } catch (error) {
    if (error instanceof NoLongerPermitted) {
      await endTurn(ctx, turn, { state: 'FAILED', problem: error.refusal })
      return true
    }
    // Cancelled, or somebody else's: nothing of the piece in hand was kept.
    if (error instanceof TurnLost) return true
    // Of a database that is away the job knows nothing: it goes on when its lease is over.
    if (isOutOfReach(error)) await forgiveAttempt(base, turn).catch(() => onUnforgiven?.(turn))
    else await noteFailure(ctx, turn)
    throw error
  } finally {
    signal?.removeEventListener('abort', forgive)
  }
  return true
}

/** Does imports and exports in turns in this process; any number of processes may. */
export const startBulk = ({ db, feed, clock, logger, signal }: BulkWork): Promise<void> => {
  let unforgiven: Turn | undefined
  return workWhenTold({
    feed,
    types: [BULK_JOB_CREATED, BULK_JOB_CHANGED],
    work: async () => {
      const ctx = await systemContext(db, clock)
      if (!ctx) return false
      if (unforgiven) await forgiveAttempt(ctx, unforgiven)
      unforgiven = undefined
      return runNextTurn(ctx, { signal, onUnforgiven: (turn) => (unforgiven = turn) })
    },
    signal,
    onError: (error) => logger.error({ err: error }, 'a piece of an import or export failed'),
    tickEvery: 15_000,
  })
}
