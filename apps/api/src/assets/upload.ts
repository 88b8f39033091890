import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ASSET_REFUSALS, readUploadPath, type Taken, type UploadGrant } from '@hilo/assets'
import type { Context } from '@hilo/db'
import { type AssetDoor, refusalCatalogue } from '@hilo/graphql'
import { encodeId, type Locale, type Refusal, refusalMessage, type Result } from '@hilo/kernel'
import { BodyTooLarge, receive } from './receive.ts'
import { type Intake, takeReceived } from './take-received.ts'

const { refuse } = ASSET_REFUSALS

/** What taking uploads needs. */
export interface UploadOptions extends Intake {
  readonly door: AssetDoor
  /** The context of whoever asked for the address. */
  readonly contextOf: (grant: UploadGrant) => Promise<Context>
}

const limitOf = ({ maxImageBytes, maxFileBytes }: AssetDoor, { onlyPictures }: UploadGrant): number =>
  onlyPictures ? maxImageBytes : maxFileBytes

const takeBody = async (
  options: UploadOptions,
  grant: UploadGrant,
  request: IncomingMessage,
): Promise<Result<Taken>> => {
  const maxBytes = limitOf(options.door, grant)
  if (Number(request.headers['content-length'] ?? 0) > maxBytes)
    return refuse('UPLOAD_TOO_LARGE', { max: maxBytes })
  try {
    const received = await receive(request, { folder: options.folder, maxBytes })
    try {
      return await takeReceived(options, { ...grant, received }, () => options.contextOf(grant))
    } finally {
      // Nothing is there any more when it became an asset.
      await rm(received.path, { force: true })
    }
  } catch (error) {
    if (error instanceof BodyTooLarge) return refuse('UPLOAD_TOO_LARGE', { max: maxBytes })
    throw error
  }
}

const STATUS: Readonly<Record<string, number>> = {
  UPLOAD_LINK_INVALID: 403,
  UPLOAD_TOO_LARGE: 413,
  PICTURE_TOO_LARGE: 413,
  PICTURE_INVALID: 415,
}

const answer = (response: ServerResponse, result: Result<Taken>, locale: Locale): void => {
  const { status, body } = result.ok
    ? {
        status: result.value.isNew ? 201 : 200,
        body: { assetId: encodeId('asset', result.value.assetId), isNew: result.value.isNew },
      }
    : { status: STATUS[result.error.code] ?? 400, body: { error: told(result.error, locale) } }
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      // What is left of a body that was refused is not waited for.
      ...(!response.req.complete && { connection: 'close' }),
    })
    .end(JSON.stringify(body))
}

const told = (refusal: Refusal, locale: Locale) => ({
  code: refusal.code,
  message: refusalMessage(refusalCatalogue().get(refusal.code)!, refusal, locale),
  data: refusal.data,
})

/** Takes the body of a request with an address for uploading, and answers in JSON. */
export const upload = async (
  options: UploadOptions & { readonly now: Date; readonly locale: Locale },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const grant = readUploadPath(options.door, request.url ?? '', options.now)
  const result = grant ? await takeBody(options, grant, request) : refuse('UPLOAD_LINK_INVALID', {})
  answer(response, result, options.locale)
}
