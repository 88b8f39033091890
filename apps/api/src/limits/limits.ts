/** What one kind of actor may ask: points it has at most, points it gets back each second, live queries at once. */
export interface Allowance {
  readonly burst: number
  readonly perSecond: number
  readonly subscriptions: number
}

/** Who has an allowance: guests share that of their network block, everyone else has their own. */
export type Allowed = 'guest' | 'customer' | 'staff' | 'app' | 'device'

/** Every limit of the API. One process counts for itself: behind n processes an actor gets up to n allowances. */
export interface Limits {
  /** Bytes of a request's body, and of one message of a socket. */
  readonly bodyBytes: number
  /** Bytes of a request's body by HTTP from signed-in staff or a program with an API key, who save much at once. */
  readonly staffBodyBytes: number
  /** Names, signs and values in a document. */
  readonly tokens: number
  /** Fields inside fields, fragments counted; introspection is bounded by a rule of its own. */
  readonly depth: number
  /** Aliases of an operation, fragments counted at each place. */
  readonly aliases: number
  /** Directives of an operation, counted likewise. */
  readonly directives: number
  /** Fields at the root of an operation. */
  readonly rootFields: number
  /** How often an operation may name the same root field. */
  readonly sameRootField: number
  /** Operations in a document. */
  readonly operations: number
  /** Fields and fragments of an operation, fragments written out at each place: a small text can come to millions. */
  readonly selections: number
  /** How often one place names the same field of the answer: validation compares each with each. */
  readonly sameField: number
  /** Points that one operation may cost. */
  readonly cost: number
  /** Points that a request costs its network block when it fails before anybody knows who asks. */
  readonly failure: number
  /** What a network block may fail. */
  readonly failures: Omit<Allowance, 'subscriptions'>
  /** Operations at once on one socket. */
  readonly operationsPerSocket: number
  /** WebSockets of one network block. */
  readonly socketsPerAddress: number
  /** How many actors are remembered; beyond, those not seen for longest start anew. */
  readonly remembered: number
  readonly actors: Readonly<Record<Allowed, Allowance>>
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 256 * 1024,
  staffBodyBytes: 2 * 1024 * 1024,
  tokens: 5_000,
  depth: 15,
  aliases: 100,
  directives: 50,
  rootFields: 50,
  sameRootField: 20,
  operations: 20,
  selections: 10_000,
  sameField: 100,
  cost: 50_000,
  failure: 5,
  failures: { burst: 2_000, perSecond: 100 },
  operationsPerSocket: 100,
  socketsPerAddress: 2_000,
  remembered: 50_000,
  actors: {
    guest: { burst: 200_000, perSecond: 20_000, subscriptions: 2_000 },
    customer: { burst: 100_000, perSecond: 5_000, subscriptions: 50 },
    staff: { burst: 200_000, perSecond: 20_000, subscriptions: 200 },
    app: { burst: 1_000_000, perSecond: 100_000, subscriptions: 2_000 },
    device: { burst: 10_000, perSecond: 500, subscriptions: 20 },
  },
}

type Tree = { readonly [key: string]: number | Tree }

const LONGEST_SETTING = 2_000

const changed = (tree: Tree, path: readonly string[], value: number): Tree | undefined => {
  const [head, ...rest] = path
  const present = head !== undefined && Object.hasOwn(tree, head) ? tree[head] : undefined
  if (head === undefined || present === undefined) return undefined
  if (typeof present === 'number') return rest.length === 0 ? { ...tree, [head]: value } : undefined
  const inner = changed(present, rest, value)
  return inner && { ...tree, [head]: inner }
}

/**
 * Reads limits that differ from the defaults, such as `depth=20 guest.perSecond=50000`; `inf` takes one away. Throws a
 * `RangeError` that names what is wrong.
 */
export const readLimits = (text: string): Limits => {
  if (text.length > LONGEST_SETTING) throw new RangeError('the limits are too long a text')
  let limits = DEFAULT_LIMITS as unknown as Tree
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, name, number] = /^([\w.]+)=(\d+|inf)$/.exec(part) ?? []
    if (!name || !number) throw new RangeError(`${part} is not written as name=number`)
    const [head = ''] = name.split('.')
    const path = [...(head in DEFAULT_LIMITS.actors ? ['actors'] : []), ...name.split('.')]
    const next = changed(limits, path, number === 'inf' ? Number.POSITIVE_INFINITY : Number(number))
    if (!next) throw new RangeError(`there is no limit ${name}`)
    limits = next
  }
  return limits as unknown as Limits
}
