import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Rendition } from '../addresses.ts'
import { cropBox, type Format, heightAt, type Picture } from '../renditions.ts'
import { openPicture } from './library.ts'

/** What a rendition is told as. */
export const MEDIA_TYPE: Readonly<Record<Format, string>> = { WEBP: 'image/webp', AVIF: 'image/avif' }

/**
 * Makes a rendition: upright, cropped about the focal point, in sRGB, without what cameras write into pictures (place,
 * time, device). AVIF is made with little effort: more would save a few percent and take seconds.
 */
export const render = async (
  original: Readable,
  picture: Picture,
  { crop, width, format }: Rendition,
): Promise<Uint8Array<ArrayBuffer>> => {
  const input = openPicture()
  const made = input
    .autoOrient()
    .extract(cropBox(picture, crop))
    .resize(width, heightAt(picture, crop, width), { fit: 'fill' })
  const encoded = format === 'AVIF' ? made.avif({ quality: 55, effort: 2 }) : made.webp({ quality: 80 })
  const [body] = await Promise.all([encoded.toBuffer(), pipeline(original, input)])
  return new Uint8Array(body)
}
