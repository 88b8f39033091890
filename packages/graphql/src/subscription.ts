import type {
  ArgBuilder,
  TypeParam,
  ShapeFromTypeParam,
  InputFieldMap,
  InputShapeFromFields,
} from '@pothos/core'
import { mayIn, narrowedBy, ownerOf, type Actor, type Permission, type Place } from '@hilo/kernel'
import { InvalidCursorError, type StoredEvent } from '@hilo/db'
import type { Access } from './access.ts'
import { builder, type SchemaTypes } from './builder.ts'
import type { RequestContext } from './context.ts'
import { forgetLoaded } from './load.ts'
import { PAGING } from './paging.ts'
import { refusalError } from './user-error.ts'

/** Where an event is. One that names no place is everywhere: only who reaches all of them hears it. */
const placeOf = ({ scope }: StoredEvent, permission: Permission): Place => {
  switch (narrowedBy(permission)) {
    case 'channels':
      return { channelId: scope.channel ?? null }
    case 'locations':
      return { locationId: scope.location ?? null }
    case 'shop':
    case 'none':
      return {}
  }
}

/** True when this actor may hear of this event: public ones, their own, or those their permission or token covers. */
export const mayHear = (actor: Actor, event: StoredEvent, cartTokenHash?: Uint8Array): boolean => {
  if (event.scope.public) return true
  if (
    event.scope.guest &&
    cartTokenHash &&
    event.scope.guest === Buffer.from(cartTokenHash).toString('hex')
  ) {
    return true
  }
  if (event.permission && mayIn(actor, event.permission, placeOf(event, event.permission))) return true
  if (actor.kind === 'device' && event.scope.device) return event.scope.device === actor.deviceId
  const owner = ownerOf(actor)
  return owner !== undefined && event.scope.customer === owner
}

/** Why the log cannot be read on. */
class Failure {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

/**
 * Makes an error of the log its last event, which then fails to resolve: so every transport tells it with its code,
 * where a broken stream would only be cut.
 */
const tellingFailure = (
  events: AsyncIterableIterator<StoredEvent>,
): AsyncIterableIterator<StoredEvent | Failure> => {
  const iterator: AsyncIterableIterator<StoredEvent | Failure> = {
    next: () =>
      events.next().catch((error: unknown) => ({ done: false as const, value: new Failure(error) })),
    return: async () => (await events.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** What a client is told when its `after` is none. */
const cursorError = (error: unknown, context: RequestContext): unknown =>
  error instanceof InvalidCursorError
    ? refusalError(PAGING.refuse('INVALID_CURSOR', {}, ['after']).error, context)
    : error

interface SubscriptionOptions<Type extends TypeParam<SchemaTypes>, Args extends InputFieldMap> {
  readonly description: string
  readonly type: Type
  readonly access: Access
  /** True when all guests of a channel and language are told the same of an event: it is then made once for all. */
  readonly publicAnswer?: true
  /** The event types it listens to, with their versions; `undefined` means all. */
  readonly events: readonly string[] | undefined
  readonly args?: (arg: ArgBuilder<SchemaTypes>) => Args
  /** Which of the events it may hear this subscriber wants. Runs for each event: no query here. */
  readonly wants?: (event: StoredEvent, args: InputShapeFromFields<Args>, context: RequestContext) => boolean
  /** Checks the arguments before the first event: throws a refusal as a top-level error. */
  readonly before?: (args: InputShapeFromFields<Args>, context: RequestContext) => Promise<void>
  readonly resolve: (
    event: StoredEvent,
    args: InputShapeFromFields<Args>,
    context: RequestContext,
  ) => ShapeFromTypeParam<SchemaTypes, Type, false> | Promise<ShapeFromTypeParam<SchemaTypes, Type, false>>
}

/**
 * Adds a subscription fed from the event log. It takes `after`, an event id, and then first sends what was missed. An
 * actor hears only what `mayHear` allows, whatever the options say.
 */
export const defineSubscription = <Type extends TypeParam<SchemaTypes>, Args extends InputFieldMap = {}>(
  name: string,
  options: SubscriptionOptions<Type, Args>,
): void => {
  builder.subscriptionField(name, (t) =>
    t.field({
      type: options.type as never,
      description: options.description,
      authScopes: options.access as never,
      extensions: { publicAnswer: options.publicAnswer },
      args: {
        ...options.args?.(t.arg),
        after: t.arg.string({
          description:
            'The eventId of the last event you have: sends all since then. Without it: from now on.',
        }),
      },
      subscribe: async (_root: unknown, args: never, context: RequestContext) => {
        const given = args as InputShapeFromFields<Args> & { after?: string | null }
        await options.before?.(given, context)
        try {
          const events = context.feed.subscribe({
            after: given.after ?? undefined,
            types: options.events,
            filter: (event) =>
              mayHear(context.actor, event, context.cartTokenHash) &&
              (options.wants?.(event, given, context) ?? true),
          })
          return tellingFailure(events)
        } catch (error) {
          throw cursorError(error, context)
        }
      },
      resolve: (event: unknown, args: never, context: RequestContext) => {
        if (event instanceof Failure) throw cursorError(event.error, context)
        forgetLoaded(context)
        return options.resolve(event as StoredEvent, args, context) as never
      },
    } as never),
  )
}
