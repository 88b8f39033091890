import { rm } from 'node:fs/promises'
import { ASSET_REFUSALS } from '@hilo/assets'
import { createTurns, TooManyWaiting } from '@hilo/assets/pictures'
import type { AssetDoor, Outbound } from '@hilo/graphql'
import type { Result } from '@hilo/kernel'
import { openFile } from '@hilo/webhooks'
import { BodyTooLarge, receive, type Received } from './receive.ts'
import { type Intake, takeReceived } from './take-received.ts'

/** Files fetched at once in this process, and so many waiting. */
const AT_ONCE = 4
const WAITING = 20

/** For a whole file: whoever asked waits for it. */
const FETCH_MS = 40_000

const { refuse } = ASSET_REFUSALS

/** Fetches files from the public internet into the library, within the limits of uploads. */
export const assetImporter = (
  intake: Intake & { readonly outbound: Outbound },
): NonNullable<AssetDoor['importFrom']> => {
  const inTurn = createTurns({ atOnce: AT_ONCE, waiting: WAITING })
  const { maxFileBytes: maxBytes } = intake.door

  const fetchFile = async (url: string): Promise<Result<Received>> => {
    const signal = AbortSignal.timeout(FETCH_MS)
    const opened = await openFile(url, intake.outbound, signal)
    if (!opened.ok) return opened
    try {
      return { ok: true, value: await receive(opened.value, { folder: intake.folder, maxBytes }) }
    } catch (error) {
      if (error instanceof BodyTooLarge) return refuse('UPLOAD_TOO_LARGE', { max: maxBytes }, ['url'])
      return refuse('IMPORT_CUT_OFF', {}, ['url'])
    }
  }

  return async (ctx, { url, fileName, visibility }) => {
    try {
      return await inTurn(async () => {
        const received = await fetchFile(url)
        if (!received.ok) return received
        try {
          const incoming = { received: received.value, fileName, visibility, onlyPictures: false }
          return await takeReceived(intake, incoming, () => ctx)
        } finally {
          // Nothing is there any more when it became an asset.
          await rm(received.value.path, { force: true })
        }
      })
    } catch (error) {
      if (error instanceof TooManyWaiting) return refuse('IMPORT_BUSY', {}, ['url'])
      throw error
    }
  }
}
