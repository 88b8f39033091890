import { ASSET_REFUSALS, type Taken, takeFile, type Visibility } from '@hilo/assets'
import { inspect } from '@hilo/assets/pictures'
import type { Storage } from '@hilo/assets/storage'
import type { Context } from '@hilo/db'
import type { AssetDoor } from '@hilo/graphql'
import type { Result } from '@hilo/kernel'
import type { Received } from './receive.ts'
import type { InTurn } from './renditions.ts'

/** What taking files into the library needs. */
export interface Intake {
  readonly door: Pick<AssetDoor, 'maxImageBytes' | 'maxFileBytes'>
  readonly storage: Storage
  /** Where files wait until they are looked at; on the disk of the storage, when that is a disk. */
  readonly folder: string
  readonly inTurn: InTurn
}

/** A file on this disk, and what it shall be. */
export interface Incoming {
  readonly received: Received
  readonly fileName: string
  readonly visibility: Visibility
  readonly onlyPictures: boolean
}

const { refuse } = ASSET_REFUSALS

/** Looks at a file and makes an asset of it, for the context that is given once it is sound. */
export const takeReceived = async (
  { door, storage, inTurn }: Intake,
  { received, fileName, visibility, onlyPictures }: Incoming,
  contextOf: () => Promise<Context> | Context,
): Promise<Result<Taken>> => {
  const { path, bytes, sha256 } = received
  if (bytes === 0) return refuse('UPLOAD_EMPTY', {})
  const content = await inTurn(() => inspect(path, { bytes, onlyPictures }))
  if (!content.ok) return content
  if (content.value.kind === 'IMAGE' && bytes > door.maxImageBytes)
    return refuse('UPLOAD_TOO_LARGE', { max: door.maxImageBytes })
  const file = { path, sha256, content: content.value, fileName, visibility }
  return takeFile(await contextOf(), storage, file)
}
