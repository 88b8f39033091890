import { createReadStream } from 'node:fs'
import { fileTypeFromBuffer } from 'file-type'
import { ok, type Result } from '@hilo/kernel'
import { rgbaToThumbHash } from 'thumbhash'
import type { Content } from '../asset.ts'
import { ASSET_REFUSALS } from '../errors.ts'
import { MAX_MEGAPIXELS, MAX_SIDE, openPicture, openUnlimited } from './library.ts'

/** As much of a file as tells what it is. */
const HEAD_BYTES = 4_100

/** Formats that are shown, by what the library calls them. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heif: 'image/avif',
  gif: 'image/gif',
  tiff: 'image/tiff',
}

/** Films that browsers play; served as they are. */
const FILMS: readonly string[] = ['video/mp4', 'video/webm', 'video/quicktime']

/** What ThumbHash takes, at most. */
const THUMB_PIXELS = 100

const { refuse } = ASSET_REFUSALS

const headOf = async (path: string): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: HEAD_BYTES - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const sniff = async (path: string): Promise<string> =>
  (await fileTypeFromBuffer(await headOf(path)).catch(() => undefined))?.mime ?? 'application/octet-stream'

const inspectPicture = async (path: string, bytes: number): Promise<Result<Content>> => {
  const metadata = await openUnlimited(path)
    .metadata()
    .catch(() => undefined)
  const mediaType = metadata && MEDIA_TYPES[metadata.format]
  if (!mediaType) return refuse('PICTURE_INVALID', {})
  const { width, height } = metadata.autoOrient
  if (width * height > MAX_MEGAPIXELS * 1_000_000 || Math.max(width, height) > MAX_SIDE)
    return refuse('PICTURE_TOO_LARGE', { width, height, maxMegapixels: MAX_MEGAPIXELS, maxSide: MAX_SIDE })
  try {
    // Reads it to its end: one that is cut off is found here, and not by whoever looks at it.
    const { data, info } = await openPicture(path)
      .autoOrient()
      .resize(THUMB_PIXELS, THUMB_PIXELS, { fit: 'inside' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const placeholder = Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
    return ok({ kind: 'IMAGE', mediaType, bytes, width, height, placeholder })
  } catch {
    return refuse('PICTURE_INVALID', {})
  }
}

/** True when the bytes say that they are a picture of a kind that is shown; names are never believed. */
const looksShown = (mediaType: string): boolean =>
  Object.values(MEDIA_TYPES).includes(mediaType) ||
  mediaType === 'image/apng' ||
  mediaType.startsWith('image/hei')

/**
 * Says what a file is by its bytes. Refuses a picture that is cut off, broken or has too many pixels, and with
 * `onlyPictures` everything else. SVG, HTML and whatever nobody knows are files, which are never shown.
 */
export const inspect = async (
  path: string,
  { bytes, onlyPictures }: { readonly bytes: number; readonly onlyPictures: boolean },
): Promise<Result<Content>> => {
  const mediaType = await sniff(path)
  if (looksShown(mediaType)) return inspectPicture(path, bytes)
  if (onlyPictures) return refuse('PICTURE_INVALID', {})
  const kind = FILMS.includes(mediaType) ? 'VIDEO' : 'FILE'
  return ok({ kind, mediaType, bytes, width: null, height: null, placeholder: null })
}
