import {
  buildTopic,
  encode,
  parseTopic,
  type AnswerTo,
  type Attachment,
  type Logger,
  type TopicAddress,
} from '@hilo/protocol'
import type { Inbox, InboxMessage } from './inbox/inbox.ts'

/** The request an answer belongs to, and where its device wants it when not on the reply topic. */
export interface Asked {
  readonly address: TopicAddress<'request'>
  readonly answerTo?: AnswerTo
}

/** Where the device of a kept request wants its answer. */
export const answerToOf = ({
  answer_topic: topic,
  correlation,
}: Pick<InboxMessage, 'answer_topic' | 'correlation'>): AnswerTo | undefined =>
  topic === null ? undefined : { topic, correlation: correlation ?? undefined }

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
  const send = async ({ address, answerTo }: Asked, reply: Uint8Array): Promise<void> => {
    const { shop, device, verb, rid } = address
    const topic = answerTo?.topic ?? buildTopic({ kind: 'reply', shop, device, verb, rid })
    await attachment.publish(topic, reply, { qos: 1, retain: false, correlation: answerTo?.correlation })
  }
  const sendLater = (asked: Asked, reply: Uint8Array, sent: () => void = () => {}) => {
    const { address } = asked
    send(asked, reply)
      .then(sent)
      .catch((error: unknown) =>
        log.error({ device: address.device, rid: address.rid, err: error }, 'reply not sent'),
      )
  }
  return {
    /** Answers a kept request: remembered for repeats, and sent again after a crash that came too early. */
    answer: (seq: number, asked: Asked, body: object, memory: 'lasting' | 'passing' | 'none') => {
      const reply = encode(body)
      const remembered = { lasting: LASTING_MS, passing: PASSING_MS, none: 0 }[memory]
      inbox.answer(seq, reply, now() + remembered)
      sendLater(asked, reply, () => inbox.done(seq))
    },
    /** Says something that nobody needs to remember. */
    say: (asked: Asked, body: object) => sendLater(asked, encode(body)),
    /** Gives an earlier answer again, marked as such. */
    repeat: (asked: Asked, reply: Uint8Array) => {
      const body = JSON.parse(new TextDecoder().decode(reply)) as { ok: boolean }
      sendLater(asked, body.ok ? encode({ ...body, replayed: true }) : reply)
    },
    /** Sends the answers that the last run gave but perhaps did not send. */
    resume: () => {
      for (const { reply, ...message } of inbox.unsent()) {
        const address = parseTopic(message.topic)
        if (address?.kind !== 'request') continue
        sendLater({ address, answerTo: answerToOf(message) }, reply, () => inbox.done(message.seq))
      }
    },
  }
}

/** What `createReplies` makes. */
export type Replies = ReturnType<typeof createReplies>
