import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { isUuid, type Uuid } from '@hilo/kernel'

/** Where downloads begin; whoever has a link of it may download until it expires. */
const DOWNLOADS_PATH = '/downloads'

/** The whole signature is needed; of another length it is none. */
const signatureOf = (key: KeyObject, downloadId: Uuid, until: number): Buffer =>
  createHmac('sha256', key).update(`download ${downloadId} ${until}`).digest()

/** The link of a download until a moment; relative to the API. */
export const downloadLink = (key: KeyObject, downloadId: Uuid, until: Date): string => {
  const seconds = Math.floor(until.getTime() / 1_000)
  const signature = signatureOf(key, downloadId, seconds).toString('base64url')
  return `${DOWNLOADS_PATH}/${downloadId}?until=${seconds}&signature=${signature}`
}

/** What a link proves: the download, that it was true once, or nothing. */
export type LinkRead = { readonly downloadId: Uuid } | 'EXPIRED' | 'FORGED'

/** Reads a link as it came back. A forged one is never told apart from one of a download that does not exist. */
export const readDownloadLink = (key: KeyObject, url: string, now: Date): LinkRead => {
  if (!URL.canParse(url, 'http://shop.invalid')) return 'FORGED'
  const { pathname, searchParams } = new URL(url, 'http://shop.invalid')
  const downloadId = pathname.slice(DOWNLOADS_PATH.length + 1)
  const until = searchParams.get('until') ?? ''
  if (!isUuid(downloadId) || !/^\d{1,12}$/.test(until)) return 'FORGED'
  const given = Buffer.from(searchParams.get('signature') ?? '', 'base64url')
  const expected = signatureOf(key, downloadId, Number(until))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'FORGED'
  return now.getTime() >= Number(until) * 1_000 ? 'EXPIRED' : { downloadId }
}
