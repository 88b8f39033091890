import { createHash } from 'node:crypto'
import { resolveActor } from '@hilo/access'
import { channelByCode, readShop } from '@hilo/channels'
import type { Database, EventFeed } from '@hilo/db'
import { refusalError, type RequestContext } from '@hilo/graphql'
import { newId, negotiateLocale, type Channel, type Clock, type Result } from '@hilo/kernel'
import { API_REFUSALS } from './errors.ts'

/** What the API needs from outside; the same for every request. */
export interface ApiDependencies {
  readonly database: Database
  readonly feed: EventFeed
  readonly clock: Clock
}

/** Who asks from where, however it came: by HTTP headers or by the first message of a WebSocket. */
export interface Credentials {
  readonly authorization: string | null
  readonly cookie: string | null
  readonly channel: string | null
  readonly cartToken: string | null
  readonly device: string | null
  readonly acceptLanguage: string | null
  readonly correlationId: string | null
}

/** The credentials in the headers of a request. */
export const credentialsOf = (headers: Headers): Credentials => ({
  authorization: headers.get('authorization'),
  cookie: headers.get('cookie'),
  channel: headers.get('hilo-channel'),
  cartToken: headers.get('hilo-cart-token'),
  device: headers.get('hilo-device'),
  acceptLanguage: headers.get('accept-language'),
  correlationId: headers.get('x-correlation-id'),
})

const SESSION_COOKIE = /(?:^|;\s*)hilo_session=([^;\s]+)/

/** The session token in a cookie header. */
export const sessionCookie = (cookie: string | null): string | undefined =>
  SESSION_COOKIE.exec(cookie ?? '')?.[1]

/** A correlation id is taken over only when it is short and plain: it goes into logs and events. */
export const correlationIdOf = (given: string | null): string =>
  given && /^[\w.-]{8,64}$/.test(given) ? given : newId()

/** The channel that a request names, else the shop's default. */
export const findChannel = async (
  { database }: Pick<ApiDependencies, 'database'>,
  code: string | null,
): Promise<Result<Channel>> => {
  const wanted = code ?? (await readShop(database.kysely))?.defaultChannelCode
  const channel = wanted ? await channelByCode(database.kysely, wanted) : undefined
  return channel
    ? { ok: true, value: channel }
    : API_REFUSALS.refuse('UNKNOWN_CHANNEL', { channel: (wanted ?? '').slice(0, 60) }, ['Hilo-Channel'])
}

/** Builds the context of a request; throws a GraphQL error for a forged or expired credential or an unknown channel. */
export const createRequestContext = async (
  dependencies: ApiDependencies,
  credentials: Credentials,
): Promise<RequestContext> => {
  const { database, feed, clock } = dependencies
  const [actor, channel] = await Promise.all([
    resolveActor(database.kysely, {
      bearer: /^Bearer (\S+)$/i.exec(credentials.authorization ?? '')?.[1],
      cookie: sessionCookie(credentials.cookie),
      deviceId: credentials.device ?? undefined,
      now: clock(),
    }),
    findChannel(dependencies, credentials.channel),
  ])
  const locale = negotiateLocale(
    credentials.acceptLanguage,
    channel.ok ? channel.value.market.defaultLocale : 'en',
  )
  const base = {
    db: database.kysely,
    feed,
    now: clock,
    locale,
    correlationId: correlationIdOf(credentials.correlationId),
    cartTokenHash: credentials.cartToken
      ? createHash('sha256').update(credentials.cartToken.slice(0, 200)).digest()
      : undefined,
  }
  if (!actor.ok) throw refusalError(actor.error, { ...base } as RequestContext)
  if (!channel.ok) throw refusalError(channel.error, { ...base } as RequestContext)
  return { ...base, actor: actor.value, channel: channel.value }
}
