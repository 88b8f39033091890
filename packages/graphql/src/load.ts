import DataLoader from 'dataloader'
import type { RequestContext } from './context.ts'

type Loaders = Map<object, DataLoader<string, unknown>>

const loadersOf = new WeakMap<RequestContext, Loaders>()

const loaderOf = <Value>(
  context: RequestContext,
  owner: object,
  make: () => DataLoader<string, Value>,
): DataLoader<string, Value> => {
  const loaders = loadersOf.get(context) ?? new Map<object, DataLoader<string, unknown>>()
  loadersOf.set(context, loaders)
  const loader = (loaders.get(owner) as DataLoader<string, Value> | undefined) ?? make()
  loaders.set(owner, loader)
  return loader
}

/** Forgets what this request has loaded: after a mutation, and before each event of a subscription. */
export const forgetLoaded = (context: RequestContext): void => {
  loadersOf.delete(context)
}

/** Loads rows by a unique key in one statement per batch: `load(ctx, keys)` in any order, `null` for what is absent. */
export const loadOne = <Row>(
  load: (context: RequestContext, keys: string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
) => {
  const owner = {}
  return (context: RequestContext, key: string): Promise<Row | null> =>
    loaderOf<Row | null>(
      context,
      owner,
      () =>
        new DataLoader(async (keys) => {
          const byKey = new Map((await load(context, [...keys])).map((row) => [keyOf(row), row]))
          return keys.map((key) => byKey.get(key) ?? null)
        }),
    ).load(key)
}

/** Loads the rows that belong to a key in one statement per batch, in the order the statement gives them. */
export const loadMany = <Row>(
  load: (context: RequestContext, keys: string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
) => {
  const owner = {}
  return (context: RequestContext, key: string): Promise<readonly Row[]> =>
    loaderOf<readonly Row[]>(
      context,
      owner,
      () =>
        new DataLoader(async (keys) => {
          const byKey = Map.groupBy(await load(context, [...keys]), keyOf)
          return keys.map((key) => byKey.get(key) ?? [])
        }),
    ).load(key)
}
