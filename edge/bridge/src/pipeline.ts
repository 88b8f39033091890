import { defaultBackoff, type Backoff } from '@hilo/client'
import { COMMON } from '@hilo/kernel'
import { EDGE, parseTopic, type DeviceMessage, type Logger, type TopicAddress } from '@hilo/protocol'
import { complaintOf, complaintOfError, failureReply, UNAVAILABLE } from './answer.ts'
import type { EdgeApi } from './api/edge-api.ts'
import type { Inbox, InboxMessage } from './inbox/inbox.ts'
import { createLanes, type Verdict } from './inbox/lanes.ts'
import { answerToOf, type Replies } from './replies.ts'
import { report, type ReportAddress } from './report.ts'
import { memoryOf, replyTo } from './request.ts'
import { tracedArrival, tracedHandling } from './trace.ts'
import { askAs } from './verbs/verb.ts'

/** How often and how fast a message is tried before it is put aside. */
export interface Patience {
  readonly backoff: Backoff
  /** Attempts for what must not be lost: purchases, cancellations, reports. */
  readonly many: number
  /** Attempts for what is worth nothing later: a price. */
  readonly few: number
}

/** About an hour. */
export const PATIENCE: Patience = { backoff: { ...defaultBackoff, maxMs: 300_000 }, many: 25, few: 3 }

/** Devices served at the same time. */
const WIDTH = 16

interface PipelineOptions {
  readonly shop: string
  readonly inbox: Inbox
  readonly replies: Replies
  readonly api: EdgeApi
  /** True when the broker proves who sends, so that purchases need no signature. */
  readonly provesSender: boolean
  readonly log: Logger
  readonly patience: Patience
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type Upward = TopicAddress<'request'> | ReportAddress

/** The address of a topic that devices of this shop send. */
const upward = (shop: string, topic: string): Upward | undefined => {
  const address = parseTopic(topic)
  if (address?.shop !== shop) return undefined
  switch (address.kind) {
    case 'request':
    case 'status':
    case 'reading':
    case 'acknowledgement':
      return address
    default:
      return undefined
  }
}

/** From a message of a device to its reply: kept, asked, answered. */
export const createPipeline = (options: PipelineOptions) => {
  const { shop, inbox, replies, api, provesSender, log, patience, signal, now } = options
  const handle = async (message: InboxMessage): Promise<void> => {
    const address = upward(shop, message.topic)
    if (!address) return inbox.done(message.seq)
    return tracedHandling(address, message, () => respond(address, message), now)
  }

  const respond = async (address: Upward, message: InboxMessage): Promise<void> => {
    const { device, at, seq, payload } = message
    const asking = {
      device,
      at,
      rid: message.rid ?? '',
      topic: message.topic,
      provesSender,
      ask: askAs(api, device, signal),
    }
    if (address.kind !== 'request') {
      await report(address, payload, { asking, log })
      return inbox.done(seq)
    }
    const { reply, memory } = await replyTo(address, payload, asking)
    replies.answer(seq, { address, answerTo: answerToOf(message) }, reply, memory)
  }

  /** Notes a failure, and tells the device when it is final. */
  const onFailure = (message: InboxMessage, error: unknown): Verdict => {
    const { device, seq, rid } = message
    const address = upward(shop, message.topic)
    const isRequest = address?.kind === 'request'
    const answerTo = answerToOf(message)
    const complaint = complaintOfError(error)
    if (complaint) {
      if (isRequest)
        replies.answer(
          seq,
          { address, answerTo },
          failureReply(address.rid, complaint),
          memoryOf(address.verb),
        )
      else inbox.done(seq)
      log.info({ device, rid, code: complaint.code }, 'message refused')
      return 'give up'
    }
    const attempts = message.attempts + 1
    inbox.failed(seq)
    if (attempts < (isRequest && memoryOf(address.verb) !== 'lasting' ? patience.few : patience.many)) {
      log.warn({ device, rid, attempts, err: error }, 'message has to wait')
      return 'again'
    }
    log.error({ device, rid, attempts, err: error }, 'message parked')
    inbox.park(seq)
    if (isRequest) replies.say({ address, answerTo }, failureReply(address.rid, UNAVAILABLE))
    return 'give up'
  }

  const lanes = createLanes({
    next: inbox.next,
    handle,
    onFailure,
    width: WIDTH,
    backoff: patience.backoff,
    signal,
  })

  const receiveRequest = async (
    address: TopicAddress<'request'>,
    { payload, retain, topic, answerTo }: DeviceMessage,
    trace: string | undefined,
  ) => {
    const { rid, device } = address
    const asked = { address, answerTo }
    // A retained request would be done again by whoever reads it after a restart.
    if (retain)
      return replies.say(asked, failureReply(rid, complaintOf(EDGE.refuse('RETAINED_REQUEST', {}).error)))
    const kept = await inbox.keep({ device, rid, topic, payload, answerTo, trace })
    if (kept.kind === 'conflict') {
      const conflict = COMMON.refuse('IDEMPOTENCY_CONFLICT', { key: rid }).error
      return replies.say(asked, failureReply(rid, complaintOf(conflict)))
    }
    if (kept.kind === 'again' && kept.reply) return replies.repeat(asked, kept.reply)
    lanes.wake(device)
  }

  return {
    /** Takes a message of a device; resolves when it is on disk. */
    receive: async (message: DeviceMessage): Promise<void> => {
      if (signal.aborted) throw new Error('The bridge is closed')
      const address = upward(shop, message.topic)
      if (!address) return
      const { topic, payload } = message
      return tracedArrival(address, payload, async (trace) => {
        if (address.kind === 'request') return receiveRequest(address, message, trace)
        await inbox.keep({ device: address.device, rid: null, topic, payload, trace })
        lanes.wake(address.device)
      })
    },
    /** Goes on with what the last run left. */
    resume: () => inbox.waitingDevices().forEach(lanes.wake),
    idle: lanes.idle,
  }
}
