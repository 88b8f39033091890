import { setTimeout as delay } from 'node:timers/promises'
import { allChannels } from '@hilo/channels'
import { appendEvents, command, type Context, type FullExecutor } from '@hilo/db'
import { type Clock, encodeId, marketReader, newId, ok, SYSTEM, type Uuid } from '@hilo/kernel'
import { continueTrace, duration, inSpan } from '@hilo/telemetry'
import { type Claimed, claimDue, release } from './claim.ts'
import { disableEndpoint } from './disable-endpoint.ts'
import { endpointEvent } from './endpoint.ts'
import { TEST_REQUESTED } from './event-types.ts'
import type { Outbound } from './outbound.ts'
import { bodyOf } from './payload.ts'
import { type Answer, post } from './post.ts'
import { unseal } from './seal.ts'
import { type Attempted, settle } from './settle.ts'
import { signedHeaders } from './sign.ts'

/** What sending needs. */
export interface SenderOptions {
  readonly db: FullExecutor
  readonly clock: Clock
  readonly outbound: Outbound
  readonly signal: AbortSignal
  /** Milliseconds until an attempt counts as failed. Default 15,000. */
  readonly timeout?: number
  /** Deliveries of one endpoint under way at most in this process. Default 16. */
  readonly perEndpoint?: number
  /** 0 to 1, for the jitter of retries. */
  readonly random?: () => number
}

const TIMEOUT_MS = 15_000
const PER_ENDPOINT = 16
/** How much longer than an attempt a claim holds: room to write down what became of it. */
const CLAIM_MARGIN_MS = 45_000
/** Answers that come in about the same moment are written down together. */
const GATHER_MS = 5
const USER_AGENT = 'Hilo-Webhooks/1'

const took = duration(
  'hilo_webhook_delivery_seconds',
  'Time of one attempt to deliver a webhook, by what the receiver answered.',
)

/** `2xx`, `5xx` or `none`: few values, so that they can be counted apart. */
const outcomeOf = ({ status }: Answer): string =>
  status === undefined ? 'none' : `${Math.floor(status / 100)}xx`

const textsOf = ({ secretKey }: Outbound, claimed: Claimed): readonly string[] =>
  [claimed.secret, claimed.previousSecret].flatMap((sealed) =>
    sealed ? [unseal(secretKey, claimed.endpointId, sealed)] : [],
  )

/** Sends claimed deliveries and writes down what became of them; `drain` until nothing is due. */
export const createSender = ({
  db,
  clock,
  outbound,
  signal,
  timeout = TIMEOUT_MS,
  perEndpoint = PER_ENDPOINT,
  random = Math.random,
}: SenderOptions) => {
  const underWay = new Map<Uuid, Claimed>()
  const over: Attempted[] = []
  let something = Promise.withResolvers<void>()

  const attempt = (claimed: Claimed): Promise<Answer> => {
    const at = clock()
    const body = bodyOf(claimed)
    const id = encodeId('webhookDelivery', claimed.id)
    const timestamp = Math.floor(at.getTime() / 1_000)
    const headers = {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      ...signedHeaders(textsOf(outbound, claimed), { id, timestamp, body }),
    }
    return post({ url: claimed.url, headers, body, signal, timeout }, outbound)
  }

  const start = async (claimed: Claimed): Promise<void> => {
    const startedAt = performance.now()
    // A secret that does not open (another key than before) is the shop's mistake: it is tried again like a failure.
    const answer: Answer = await continueTrace(claimed.traceparent, () =>
      inSpan('webhook send', { side: 'producer' }, () => attempt(claimed)),
    ).catch(() => ({ error: 'SECRET_NOT_READABLE' }))
    took(performance.now() - startedAt, { outcome: outcomeOf(answer) })
    // Stopped in the middle: nobody knows whether it arrived, so it is sent again under the same id.
    if (!signal.aborted || 'status' in answer) {
      const durationMs = Math.round(performance.now() - startedAt)
      over.push({ delivery: claimed, answer, at: clock(), durationMs })
      underWay.delete(claimed.id)
    }
    something.resolve()
  }

  const systemContext = async (): Promise<Context> => {
    const channel = (await allChannels(db))[0]!
    return { db, actor: SYSTEM, channel, ...marketReader(channel.market), now: clock, correlationId: newId() }
  }

  const tellOfTests = async (attempts: readonly Attempted[]): Promise<void> => {
    const tests = attempts.filter(({ delivery }) => delivery.type === TEST_REQUESTED)
    if (tests.length === 0) return
    await command(await systemContext(), { operation: 'tellOfTests', input: null }, async (ctx) => {
      const facts = tests.map(({ delivery, answer }) =>
        endpointEvent(delivery.endpointId, 'WebhookTestAnswered.v1', {
          payload: { deliveryId: delivery.id, status: answer.status ?? null, error: answer.error ?? null },
        }),
      )
      await appendEvents(ctx, facts)
      return ok(null)
    })
  }

  const writeDown = async (): Promise<void> => {
    const attempts = over.splice(0)
    try {
      const ailing = await settle(db, attempts, { now: clock(), random })
      for (const each of ailing) await disableEndpoint(await systemContext(), each)
      await tellOfTests(attempts)
    } catch (error) {
      // Written down with the next ones: the claims hold meanwhile.
      over.unshift(...attempts)
      throw error
    }
  }

  const counts = (): ReadonlyMap<Uuid, number> =>
    new Map(
      [...Map.groupBy(underWay.values(), ({ endpointId }) => endpointId)].map(([id, all]) => [
        id,
        all.length,
      ]),
    )

  const claim = async (): Promise<void> => {
    const now = clock()
    const until = new Date(now.getTime() + timeout + CLAIM_MARGIN_MS)
    for (const claimed of await claimDue(db, { now, until, perEndpoint, underWay: counts() })) {
      underWay.set(claimed.id, claimed)
      void start(claimed)
    }
  }

  return {
    /** There may be something to send. */
    wake: (): void => something.resolve(),
    /** Sends everything that is due, and what becomes due meanwhile when it is woken. */
    drain: async (): Promise<void> => {
      do {
        something = Promise.withResolvers()
        if (over.length > 0) await writeDown()
        await claim()
        if (underWay.size > 0 && over.length === 0) await something.promise
        if (over.length > 0) await delay(GATHER_MS)
      } while ((underWay.size > 0 || over.length > 0) && !signal.aborted)
    },
    /** After the signal: writes down what was answered, and gives the rest back at once. */
    stop: async (): Promise<void> => {
      if (over.length > 0) await writeDown()
      await release(db, { ids: [...underWay.keys()], now: clock() })
    },
  }
}
