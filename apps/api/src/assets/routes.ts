import type { IncomingMessage, ServerResponse } from 'node:http'
import { assetsByIds, originalKey, readDownloadPath, readPath, type UploadGrant } from '@hilo/assets'
import { MEDIA_TYPE, TooManyWaiting } from '@hilo/assets/pictures'
import type { Storage } from '@hilo/assets/storage'
import type { Context, Database } from '@hilo/db'
import type { AssetDoor } from '@hilo/graphql'
import { type Clock, marketReader, negotiateLocale, newId, type Uuid } from '@hilo/kernel'
import type { Logger } from 'pino'
import { findChannel } from '../request-context.ts'
import { createRenditions, type pictureTurns } from './renditions.ts'
import { send } from './send.ts'
import { upload } from './upload.ts'

/** What serving and taking assets needs. */
export interface AssetRouteOptions {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly storage: Storage
  readonly door: AssetDoor
  /** Where uploads wait until they are looked at. */
  readonly folder: string
  readonly turns: ReturnType<typeof pictureTurns>
  readonly corsOrigin: string | readonly string[]
}

const IMMUTABLE = 'public, max-age=31536000, immutable'
const PRIVATE = 'private, no-store'

/** Whatever an upload is, it never runs as a page of ours, and is never taken for anything but what we say. */
const GUARD = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
} as const

const allowed = (corsOrigin: string | readonly string[], origin: string | undefined): string | undefined =>
  corsOrigin === '*' ? '*' : origin && corsOrigin.includes(origin) ? origin : undefined

const end = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void =>
  void response.writeHead(status, headers).end()

/** Everything below `/assets/`: addresses that are signed, sizes of public pictures, public files. */
export const createAssetRoutes = (options: AssetRouteOptions) => {
  const { database, clock, logger, storage, door, folder, turns, corsOrigin } = options
  const renditions = createRenditions({ database, storage, inTurn: turns.renditions })

  const contextOf = async ({ actor, channel }: UploadGrant): Promise<Context> => {
    const found = await findChannel({ database }, channel)
    if (!found.ok) throw new Error(`The channel ${channel} of an upload is closed`)
    return {
      db: database.kysely,
      actor,
      channel: found.value,
      ...marketReader(found.value.market),
      now: clock,
      correlationId: newId(),
    }
  }

  const sendOriginal = async (
    id: Uuid,
    { name, seesAll }: { readonly name?: string; readonly seesAll: boolean },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> => {
    const [asset] = await assetsByIds(database.kysely, [id], { seesAll })
    // A picture as it was uploaded tells where it was taken: it is given to nobody who holds no signed address.
    if (!asset || (!seesAll && asset.kind === 'IMAGE')) return false
    const isPlayed = !seesAll && asset.kind === 'VIDEO'
    return send(
      storage,
      {
        key: originalKey(id),
        mediaType: asset.mediaType,
        cacheControl: seesAll ? PRIVATE : IMMUTABLE,
        ...(!isPlayed && { saveAs: name ?? asset.fileName }),
      },
      request,
      response,
    )
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? '').split('?', 1)[0]!
    const grant = readDownloadPath(door, path, clock())
    if (grant) return sendOriginal(grant.id, { name: grant.name, seesAll: true }, request, response)
    const asked = readPath(path)
    if (!asked) return false
    if (asked.what === 'file') return sendOriginal(asked.id, { seesAll: false }, request, response)
    const sent = {
      key: renditions.keyOf(asked),
      mediaType: MEDIA_TYPE[asked.rendition.format],
      cacheControl: IMMUTABLE,
    }
    if (await send(storage, sent, request, response)) return true
    return (await renditions.make(asked)) && send(storage, sent, request, response)
  }

  const failed = (error: unknown, request: IncomingMessage, response: ServerResponse): void => {
    // Whoever asked has gone: nothing of ours failed.
    if (request.destroyed && !request.complete) return void response.destroy()
    if (error instanceof TooManyWaiting && !response.headersSent)
      return end(response, 503, { 'retry-after': '2', connection: 'close' })
    logger.error({ err: error, method: request.method }, 'an asset could not be served or taken')
    if (response.headersSent) response.destroy()
    else end(response, 500, { connection: 'close' })
  }

  const handle = async (
    request: IncomingMessage,
    response: ServerResponse,
    next: () => void,
  ): Promise<void> => {
    const origin = allowed(corsOrigin, request.headers.origin)
    if (origin) response.setHeader('access-control-allow-origin', origin)
    if (origin && origin !== '*') response.setHeader('vary', 'Origin')
    for (const [name, value] of Object.entries(GUARD)) response.setHeader(name, value)
    switch (request.method) {
      case 'OPTIONS':
        return end(response, 204, {
          'access-control-allow-methods': 'GET, HEAD, PUT',
          'access-control-allow-headers': 'content-type, accept-language',
          'access-control-max-age': '86400',
        })
      case 'PUT': {
        const locale = negotiateLocale(request.headers['accept-language'] ?? null, 'en')
        const intake = { door, storage, folder, inTurn: turns.uploads }
        return upload({ ...intake, contextOf, now: clock(), locale }, request, response)
      }
      case 'GET':
      case 'HEAD':
        if (!(await serve(request, response))) next()
        return
      default:
        return end(response, 405, { allow: 'GET, HEAD, PUT, OPTIONS' })
    }
  }

  return (request: IncomingMessage, response: ServerResponse, next: () => void): void =>
    void handle(request, response, next).catch((error: unknown) => failed(error, request, response))
}
