import DataLoader from 'dataloader'
import type { RequestContext } from './context.ts'

/** A value that is there already, or will be. */
export type Soon<Value> = Value | Promise<Value>

/** Goes on at once with what is there: a promise for each field of a long list costs more than the field. */
export const whenLoaded = <Value, Result>(value: Soon<Value>, map: (value: Value) => Result): Soon<Result> =>
  value instanceof Promise ? value.then(map) : map(value)

/** Loads values by key for one request: `load(ctx, key)`; what was loaded ahead is there at once. */
export interface Loader<Value> {
  (context: RequestContext, key: string): Soon<Value>
  /** Loads what many are about to ask for, in one statement. */
  readonly ahead: (context: RequestContext, keys: readonly string[]) => Promise<void>
  /** Keeps a value that another statement brought along. */
  readonly keep: (context: RequestContext, key: string, value: Value) => void
}

/** Loads the values of many keys in their order: at once what is there, the rest in one statement. */
export const loadAll = <Value>(
  load: Loader<Value>,
  context: RequestContext,
  keys: readonly string[],
): Promise<Value[]> => Promise.all(keys.map(async (key) => load(context, key)))

interface Kept<Value> {
  readonly there: Map<string, Value>
  readonly batch: DataLoader<string, Value>
}

const keptOf = new WeakMap<RequestContext, Map<object, Kept<unknown>>>()

/** Forgets what this request has loaded: after a mutation, and before each event of a subscription. */
export const forgetLoaded = (context: RequestContext): void => {
  keptOf.delete(context)
}

/** The keys of everything that this request has loaded: database ids, some with more behind a space. */
export const loadedKeys = (context: RequestContext): Iterable<string> =>
  [...(keptOf.get(context)?.values() ?? [])].flatMap(({ there }) => [...there.keys()])

type ReadValues<Value> = (context: RequestContext, keys: string[]) => Promise<readonly Value[]>

const makeKept = <Value>(context: RequestContext, read: ReadValues<Value>): Kept<Value> => {
  const there = new Map<string, Value>()
  const batch = new DataLoader<string, Value>(async (keys) => {
    const values = await read(context, [...keys])
    for (const [index, key] of keys.entries()) there.set(key, values[index]!)
    return values
  })
  return { there, batch }
}

const loader = <Value>(read: ReadValues<Value>): Loader<Value> => {
  const owner = {}
  const keptIn = (context: RequestContext): Kept<Value> => {
    const all = keptOf.get(context) ?? new Map<object, Kept<unknown>>()
    keptOf.set(context, all)
    const kept = (all.get(owner) as Kept<Value> | undefined) ?? makeKept(context, read)
    all.set(owner, kept)
    return kept
  }
  const load = (context: RequestContext, key: string): Soon<Value> => {
    const { there, batch } = keptIn(context)
    const value = there.get(key)
    return value === undefined ? batch.load(key) : value
  }
  return Object.assign(load, {
    ahead: async (context: RequestContext, keys: readonly string[]): Promise<void> => {
      const { there, batch } = keptIn(context)
      // An error is told to whoever asks for the value.
      await batch.loadMany(keys.filter((key) => !there.has(key)))
    },
    keep: (context: RequestContext, key: string, value: Value): void =>
      void keptIn(context).there.set(key, value),
  })
}

type ReadRows<Row> = (context: RequestContext, keys: string[]) => Promise<readonly Row[]>

/** Loads rows by a unique key in one statement per batch: `load(ctx, keys)` in any order, `null` for what is absent. */
export const loadOne = <Row>(read: ReadRows<Row>, keyOf: (row: Row) => string): Loader<Row | null> =>
  loader<Row | null>(async (context, keys) => {
    const byKey = new Map((await read(context, keys)).map((row) => [keyOf(row), row]))
    return keys.map((key) => byKey.get(key) ?? null)
  })

/** Loads the rows that belong to a key in one statement per batch, in the order the statement gives them. */
export const loadMany = <Row>(read: ReadRows<Row>, keyOf: (row: Row) => string): Loader<readonly Row[]> =>
  loader<readonly Row[]>(async (context, keys) => {
    const byKey = Map.groupBy(await read(context, keys), keyOf)
    return keys.map((key) => byKey.get(key) ?? [])
  })
