import type { Context, EventFeed } from '@hilo/db'
import { graphql, GraphQLObjectType, GraphQLSchema, parse, subscribe, type ExecutionResult } from 'graphql'
import { builder } from '../builder.ts'
import type { RequestContext } from '../context.ts'

let assembled: { readonly schema: GraphQLSchema; readonly types: number } | undefined

const isEmpty = (type: unknown): boolean =>
  type instanceof GraphQLObjectType && Object.keys(type.getFields()).length === 0

/** Leaves out a root that no imported slice adds to, such as Subscription: GraphQL allows none without fields. */
const withoutEmptyRoots = (whole: GraphQLSchema): GraphQLSchema => {
  const { mutation, subscription, types, ...rest } = whole.toConfig()
  return new GraphQLSchema({
    ...rest,
    mutation: isEmpty(mutation) ? null : mutation,
    subscription: isEmpty(subscription) ? null : subscription,
    types: types.filter((type) => !isEmpty(type)),
  })
}

/** The schema of the slices that the test files of this worker have imported; made again when one imported another. */
const schema = (): GraphQLSchema => {
  const types = builder.configStore.typeConfigs.size
  if (assembled?.types !== types) assembled = { schema: withoutEmptyRoots(builder.toSchema()), types }
  return assembled.schema
}

/** An operation as a test sends it: `ctx` says who asks, from where and when. */
export interface TestRequest {
  readonly ctx: Context & Partial<RequestContext>
  readonly variables?: Readonly<Record<string, unknown>>
}

interface Answer<Data> {
  readonly data: Data
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[]
}

/** The context of a new request, whose loaders have loaded nothing yet. */
const requestContext = (ctx: TestRequest['ctx']): RequestContext => ({
  feed: undefined as unknown as EventFeed,
  ...ctx,
})

const plain = <Data>(result: ExecutionResult): Answer<Data> =>
  JSON.parse(JSON.stringify(result)) as Answer<Data>

/** Answers a query or mutation: `await ask('{ context { locale } }', { ctx })`. */
export const ask = async <Data = unknown>(
  source: string,
  { ctx, variables }: TestRequest,
): Promise<Answer<Data>> =>
  plain(
    await graphql({
      schema: schema(),
      source,
      variableValues: variables,
      contextValue: requestContext(ctx),
    }),
  )

/** Listens to a subscription; `ctx.feed` must be there. Throws when it is refused. */
export const listen = async <Data = unknown>(
  source: string,
  { ctx, variables }: TestRequest & { readonly ctx: { readonly feed: EventFeed } },
): Promise<AsyncGenerator<Answer<Data>, void, void>> => {
  const events = await subscribe({
    schema: schema(),
    document: parse(source),
    variableValues: variables,
    contextValue: requestContext(ctx),
  })
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events))
  const answers = async function* () {
    for await (const result of events) yield plain<Data>(result)
  }
  return answers()
}
