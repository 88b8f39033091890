import { devicePrefix, isTopicPart, TOPICS, UPWARD, type AnswerTo } from '@hilo/protocol'

/** The group of bridges that share the messages of a shop. */
const GROUP = '$share/hilo'

/** The filters that cover what the devices of a shop send; shared among bridges, each message goes to one of them. */
export const deviceFilters = (shop: string, shared: boolean): string[] =>
  [...UPWARD].map((kind) => {
    const filter = `hilo/v1/${shop}/${TOPICS[kind].replace(/\{\w+\}/g, '+')}`
    return shared ? `${GROUP}/${filter}` : filter
  })

/** What the shop says and every bridge would say: prices and notifications. */
export const saidFilters = (shop: string): string[] => [
  `hilo/v1/${shop}/catalog/+/price/+`,
  `hilo/v1/${shop}/+/notification/+`,
]

/** Where a bridge says whether it is there. No device has this name: ids of devices begin with `dev_`. */
export const presenceTopic = (shop: string, bridge: string): string => `hilo/v1/${shop}/edge/${bridge}`

/** The response topic a client asked for, if it stands below its own id: nobody may be answered on a topic of others. */
export const answerToOf = (
  topic: string,
  asked: { readonly responseTopic?: string; readonly correlationData?: Uint8Array } | undefined,
): AnswerTo | undefined => {
  const [, , shop = '', device = ''] = topic.split('/')
  const wanted = asked?.responseTopic
  if (!wanted?.startsWith(devicePrefix(shop, device)) || !wanted.split('/').every(isTopicPart))
    return undefined
  return { topic: wanted, correlation: asked?.correlationData }
}
