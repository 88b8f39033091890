import {
  buildTopic,
  encode,
  parseTopic,
  type Attachment,
  type Logger,
  type TopicAddress,
} from '@hilo/protocol'
import type { Inbox } from './inbox/inbox.ts'

type RequestAddress = TopicAddress<'request'>

/** Answers that changed something are remembered longer than a device can be away; others only for quick repeats. */
const LASTING_MS = 30 * 86_400_000
const PASSING_MS = 3_600_000

interface ReplyOptions {
  readonly attachment: Attachment
  readonly inbox: Inbox
  readonly log: Logger
  readonly now: () => number
}

/** Sends replies to devices, each on the topic that belongs to its request. */
export const createReplies = ({ attachment, inbox, log, now }: ReplyOptions) => {
  const send = async ({ shop, device, verb, rid }: RequestAddress, reply: Uint8Array): Promise<void> => {
    const topic = buildTopic({ kind: 'reply', shop, device, verb, rid })
    await attachment.publish(topic, reply, { qos: 1, retain: false })
  }
  const sendLater = (address: RequestAddress, reply: Uint8Array, sent: () => void = () => {}) => {
    send(address, reply).then(sent, (error: unknown) =>
      log.error({ device: address.device, rid: address.rid, err: error }, 'reply not sent'),
    )
  }
  return {
    /** Answers a kept request: remembered for repeats, and sent again after a crash that came too early. */
    answer: (seq: number, address: RequestAddress, body: object, memory: 'lasting' | 'passing' | 'none') => {
      const reply = encode(body)
      const remembered = { lasting: LASTING_MS, passing: PASSING_MS, none: 0 }[memory]
      inbox.answer(seq, reply, now() + remembered)
      sendLater(address, reply, () => inbox.done(seq))
    },
    /** Says something that nobody needs to remember. */
    say: (address: RequestAddress, body: object) => sendLater(address, encode(body)),
    /** Gives an earlier answer again, marked as such. */
    repeat: (address: RequestAddress, reply: Uint8Array) => {
      const body = JSON.parse(new TextDecoder().decode(reply)) as { ok: boolean }
      sendLater(address, body.ok ? encode({ ...body, replayed: true }) : reply)
    },
    /** Sends the answers that the last run gave but perhaps did not send. */
    resume: () => {
      for (const { topic, reply, seq } of inbox.unsent()) {
        const address = parseTopic(topic)
        if (address?.kind === 'request') sendLater(address, reply, () => inbox.done(seq))
      }
    },
  }
}

/** What `createReplies` makes. */
export type Replies = ReturnType<typeof createReplies>
