/** Longest topic, in bytes of UTF-8. */
export const MAX_TOPIC_BYTES = 256

/** Most levels below the root `hilo`. */
export const MAX_TOPIC_LEVELS = 7

/** Every topic of the protocol, below `hilo/v1/{shop}/`. Building, parsing and the AsyncAPI document read this table. */
export const TOPICS = {
  status: '{device}/status',
  reading: '{device}/reading/{name}',
  request: '{device}/command/{verb}/request/{rid}',
  reply: '{device}/command/{verb}/reply/{rid}',
  notification: '{device}/notification/{nid}',
  acknowledgement: '{device}/notification/{nid}/ack',
  price: 'catalog/{channel}/price/{sku}',
  promotion: 'catalog/{channel}/promotion/{id}',
  stock: 'catalog/{channel}/stock/{sku}/{location}',
} as const

/** The name of a topic in `TOPICS`. */
export type TopicKind = keyof typeof TOPICS

type Parts<Template extends string> = Template extends `${string}{${infer Part}}${infer Rest}`
  ? Part | Parts<Rest>
  : never

/** A topic taken apart: which one, of which shop, with its variable parts. */
export type TopicAddress<Kind extends TopicKind = TopicKind> = {
  [K in Kind]: { readonly kind: K; readonly shop: string } & Readonly<
    Record<Parts<(typeof TOPICS)[K]>, string>
  >
}[Kind]

/** The topics a device sends; all others are sent to it. */
export const UPWARD: ReadonlySet<TopicKind> = new Set(['status', 'reading', 'request', 'acknowledgement'])

const TEMPLATES = Object.entries(TOPICS).map(([kind, template]) => ({
  kind: kind as TopicKind,
  levels: ['hilo', 'v1', '{shop}', ...template.split('/')],
}))

// MQTT's own signs and everything a terminal or a log could stumble over. [MQTT-4.7.1-1], [MQTT-4.7.3-2]
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[+#/\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF]/

/** True for text that can be one level of a topic. A part from outside that is not is refused, never cleaned. */
export const isTopicPart = (part: string): boolean =>
  part.length > 0 && part.length <= MAX_TOPIC_BYTES && part.isWellFormed() && !UNSAFE.test(part)

const fits = (levels: readonly string[]): boolean =>
  levels.length <= MAX_TOPIC_LEVELS + 1 &&
  new TextEncoder().encode(levels.join('/')).length <= MAX_TOPIC_BYTES

/** The topic of an address. Throws `RangeError` when a part cannot stand in a topic, or the whole is too long. */
export const buildTopic = (address: TopicAddress): string => {
  const parts: Readonly<Record<string, string>> = address
  const levels = ['hilo', 'v1', '{shop}', ...TOPICS[address.kind].split('/')].map((level) =>
    level.startsWith('{') ? (parts[level.slice(1, -1)] ?? '') : level,
  )
  if (levels.every(isTopicPart) && fits(levels)) return levels.join('/')
  throw new RangeError(`No topic can be made of ${JSON.stringify(address)}`)
}

/** True when `buildTopic` would accept the address. */
export const canBuildTopic = (address: TopicAddress): boolean => {
  try {
    return buildTopic(address).length > 0
  } catch {
    return false
  }
}

/** The address of a topic, or `undefined` for anything that is not one of `TOPICS`. */
export const parseTopic = (topic: string): TopicAddress | undefined => {
  const levels = topic.split('/')
  if (levels[0] !== 'hilo' || !levels.every(isTopicPart) || !fits(levels)) return undefined
  for (const template of TEMPLATES) {
    if (template.levels.length !== levels.length) continue
    const parts: Record<string, string> = {}
    const matches = template.levels.every((level, index) => {
      if (!level.startsWith('{')) return level === levels[index]
      parts[level.slice(1, -1)] = levels[index]!
      return true
    })
    if (matches) return { kind: template.kind, ...parts } as unknown as TopicAddress
  }
  return undefined
}

/** Everything below this belongs to one device: `hilo/v1/{shop}/{device}/`. */
export const devicePrefix = (shop: string, device: string): string => `hilo/v1/${shop}/${device}/`
