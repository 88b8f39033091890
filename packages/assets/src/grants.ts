import type { AssetDoor } from '@hilo/graphql'
import type { Actor, Uuid } from '@hilo/kernel'
import type { Asset, Visibility } from './asset.ts'
import { readSigned, writeSigned } from './signed.ts'

/** What whoever holds an address for uploading may upload, until when, and on whose behalf. */
export interface UploadGrant {
  readonly until: number
  readonly fileName: string
  readonly visibility: Visibility
  readonly onlyPictures: boolean
  /** Without grants of theirs: the address is the grant. */
  readonly actor: Actor
  readonly channel: string
}

/** What whoever holds an address for downloading may have, until when. */
interface DownloadGrant {
  readonly until: number
  readonly id: Uuid
  readonly name: string
}

type Key = Pick<AssetDoor, 'key'>

const UPLOAD = '/assets/upload/'
const DOWNLOAD = '/assets/download/'

/** The path for uploading with PUT, on the shop's own server; anybody who has it may use it until it ends. */
export const uploadPath = ({ key }: Key, grant: UploadGrant): string =>
  UPLOAD + writeSigned(key, 'upload', grant)

/** What a path for uploading grants; undefined when it has ended or is none of ours. */
export const readUploadPath = ({ key }: Key, path: string, now: Date): UploadGrant | undefined =>
  path.startsWith(UPLOAD) ? readSigned(key, 'upload', { token: path.slice(UPLOAD.length), now }) : undefined

/**
 * The path of the bytes as they were uploaded, on the shop's own server, saved under this name; anybody who has it may
 * use it until it ends. Whoever signs has looked whether they may have it.
 */
export const downloadPath = (
  { key }: Key,
  { id, fileName: name }: Pick<Asset, 'id' | 'fileName'>,
  until: Date,
): string => DOWNLOAD + writeSigned<DownloadGrant>(key, 'download', { until: until.getTime(), id, name })

/** What a path for downloading grants; undefined when it has ended or is none of ours. */
export const readDownloadPath = ({ key }: Key, path: string, now: Date): DownloadGrant | undefined =>
  path.startsWith(DOWNLOAD)
    ? readSigned<DownloadGrant>(key, 'download', { token: path.slice(DOWNLOAD.length), now })
    : undefined
