import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { ACCESS, networkBlock } from '@hilo/access'
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { isAsyncIterable } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import { addressOf, trustedNetworks } from './client-address.ts'
import type { Api } from './create-api.ts'
import { API_REFUSALS } from './errors.ts'
import { persistedText } from './plugins/persisted-operations.ts'
import { refused } from './plugins/refused.ts'
import type { Credentials } from './request-context.ts'

/** What the first message of a socket may say in place of headers. */
type ConnectionParams = {
  readonly authorization?: unknown
  readonly channel?: unknown
  readonly cartToken?: unknown
  readonly device?: unknown
  readonly acceptLanguage?: unknown
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 2_000) : null)

/** Credentials of a socket: its first message, and the headers of the upgrade for cookie and language. */
const socketCredentials = (
  request: IncomingMessage,
  address: string | undefined,
  params: ConnectionParams = {},
): Credentials => ({
  authorization: textOf(params.authorization) ?? request.headers.authorization ?? null,
  cookie: request.headers.cookie ?? null,
  channel: textOf(params.channel),
  cartToken: textOf(params.cartToken),
  device: textOf(params.device),
  acceptLanguage: textOf(params.acceptLanguage) ?? request.headers['accept-language'] ?? null,
  correlationId: null,
  userAgent: request.headers['user-agent'] ?? null,
  address,
})

/** A page of another origin may not open a socket with our cookie: browsers send it along without asking. */
export const isForeignOrigin = ({ headers }: IncomingMessage): boolean => {
  if (!headers.origin || !headers.cookie) return false
  return URL.parse(headers.origin)?.host !== (headers['x-forwarded-host'] ?? headers.host)
}

type Enveloped = ReturnType<Api['getEnveloped']>

/** Errors as a socket tells them: without the status that they would have over HTTP. */
const shown = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
  errors.map((error) => {
    const { extensions: { http: _http, ...extensions } = {}, ...rest } = error.toJSON()
    return { ...rest, extensions }
  })

/** An error thrown before a field is reached is an answer too; thrown on, it would close the socket of all others. */
const failing = async <T>(run: () => T): Promise<Awaited<T> | ExecutionResult> => {
  try {
    return await run()
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
}

const tooManyOn = (max: number, context: object): GraphQLError =>
  refused(API_REFUSALS.refuse('TOO_MANY_SUBSCRIPTIONS', { max }), context, { status: 429 })

const failedTooOften = (waitMs: number, context: object): GraphQLError => {
  const retryAfter = Math.ceil(waitMs / 1_000)
  return refused(ACCESS.refuse('RATE_LIMITED', { retryAfter }), context, { status: 429, retryAfter })
}

const refuseUpgrade = (socket: Duplex, status: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\nRetry-After: 10\r\nConnection: close\r\n\r\n`)

interface SocketOptions {
  /** Networks of proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[]
}

/** Live queries over `graphql-transport-ws` on the same path as HTTP. */
export const createSocketServer = (api: Api, { trustedProxies = [] }: SocketOptions = {}) => {
  const isTrusted = trustedNetworks(trustedProxies)
  const { limiter, operations } = api
  const { limits } = limiter
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.bodyBytes })
  const server = useServer<ConnectionParams>(
    {
      execute: (args) => failing(() => (args.rootValue as Enveloped).execute(args)),
      subscribe: (args) => failing(() => (args.rootValue as Enveloped).subscribe(args)),
      // Says that a subscription has begun, for which the protocol has no word: whoever reads now misses nothing.
      onOperation: ({ extra }, id, _payload, _args, result) => {
        if (isAsyncIterable(result))
          extra.socket.send(JSON.stringify({ type: 'ping', payload: { opened: id } }))
      },
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: shown(result.errors) } : undefined,
      onError: (_context, _id, _payload, errors) => shown(errors),
      onSubscribe: async ({ extra, connectionParams, subscriptions }, _id, payload) => {
        const { request } = extra
        const credentials = socketCredentials(request, addressOf(request, isTrusted), connectionParams)
        // Its own object: what the request becomes is written into it.
        const initial = { credentials, params: payload }
        const enveloped = api.getEnveloped(initial as never)
        const { schema, execute, subscribe, contextFactory, parse, validate } = enveloped
        const failed = <T>(errors: T): T => {
          if (credentials.address !== undefined) limiter.failed(credentials.address)
          return errors
        }
        try {
          const max = limits.operationsPerSocket
          if (Object.keys(subscriptions).length > max) throw tooManyOn(max, initial)
          const waitMs = credentials.address === undefined ? 0 : limiter.failureWait(credentials.address)
          if (waitMs > 0) return [failedTooOften(waitMs, initial)]
          const document = parse((await persistedText(operations, payload, initial)) ?? payload.query)
          const errors = validate(schema, document)
          if (errors.length > 0) return failed(errors)
          return {
            schema,
            document,
            operationName: payload.operationName,
            variableValues: payload.variables,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe },
          }
        } catch (error) {
          if (error instanceof GraphQLError) return failed([error])
          throw error
        }
      },
    },
    sockets,
    12_000,
  )
  return {
    /** Takes an HTTP upgrade; a foreign page that brings our cookie is refused. */
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      if (isForeignOrigin(request)) {
        return refuseUpgrade(socket, '403 Forbidden')
      }
      const address = addressOf(request, isTrusted) ?? ''
      if (limiter.failureWait(address) > 0) return refuseUpgrade(socket, '429 Too Many Requests')
      const close = limiter.sockets.open(networkBlock(address), limits.socketsPerAddress)
      if (!close) return refuseUpgrade(socket, '429 Too Many Requests')
      socket.once('close', close)
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        sockets.emit('connection', webSocket, request),
      )
    },
    /** Ends every subscription and closes the sockets with code 1001. */
    close: () => server.dispose(),
  }
}
