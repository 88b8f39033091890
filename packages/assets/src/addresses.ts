import { decodeId, encodeId, type Uuid } from '@hilo/kernel'
import { type Asset, type FocalPoint, prefixOf } from './asset.ts'
import { type Crop, CROPS, type Format, FORMATS, type Picture, widthNear, widthsOf } from './renditions.ts'

/** One of the pictures that are made of a picture. */
export interface Rendition {
  readonly crop: Crop
  readonly width: number
  readonly format: Format
}

const NAME_OF_CROP: Readonly<Record<Crop, string>> = {
  ORIGINAL: 'full',
  SQUARE: '1x1',
  LANDSCAPE: '4x3',
  PORTRAIT: '3x4',
  WIDE: '16x9',
}

/** The folder of a crop; the focal point is in it, so that another point has other addresses, and caches may keep all. */
export const cropFolder = (crop: Crop, { x, y }: FocalPoint): string =>
  CROPS[crop] ? `${NAME_OF_CROP[crop]}-${x}-${y}` : NAME_OF_CROP[crop]

const nameOf = ({ crop, width, format }: Rendition, focal: FocalPoint): string =>
  `${cropFolder(crop, focal)}/${width}.${format.toLowerCase()}`

/** Where a rendition is in the storage. */
export const renditionKey = (id: Uuid, rendition: Rendition, focal: FocalPoint): string =>
  prefixOf(id) + nameOf(rendition, focal)

/** The path of a rendition on the shop's own server. */
export const renditionPath = (id: Uuid, rendition: Rendition, focal: FocalPoint): string =>
  `/assets/${encodeId('asset', id)}/${nameOf(rendition, focal)}`

/** The path of a public film or file on the shop's own server. */
export const filePath = ({ id, fileName }: Pick<Asset, 'id' | 'fileName'>): string =>
  `/assets/${encodeId('asset', id)}/file/${encodeURIComponent(fileName)}`

/**
 * The one path that a public asset is known by on the shop's own server: of a picture its usual size, which stays the
 * same whatever becomes of its focal point; of all else the file.
 */
export const usualPath = (asset: Asset): string => {
  const { id, kind, width, height, focal } = asset
  if (kind !== 'IMAGE') return filePath(asset)
  const picture = { width: width!, height: height!, focal }
  const usual = { crop: 'ORIGINAL', width: widthNear(picture, 'ORIGINAL'), format: 'WEBP' } as const
  return renditionPath(id, usual, focal)
}

/** What a path below `/assets/` asks for. */
export type Asked =
  | {
      readonly what: 'rendition'
      readonly id: Uuid
      readonly rendition: Rendition
      readonly focal: FocalPoint
    }
  | { readonly what: 'file'; readonly id: Uuid }

const RENDITION =
  /^\/assets\/(\w{1,40})\/(full|(1x1|4x3|3x4|16x9)-(\d{1,3})-(\d{1,3}))\/(\d{1,4})\.(webp|avif)$/
const FILE = /^\/assets\/(\w{1,40})\/file\/[^/]{1,800}$/
const CENTRE: FocalPoint = { x: 50, y: 50 }

/** Reads a path; undefined for one that we never told. */
export const readPath = (path: string): Asked | undefined => {
  const file = FILE.exec(path)
  const match = file ?? RENDITION.exec(path)
  const id = match && decodeId('asset', match[1]!)
  if (!match || !id) return undefined
  if (file) return { what: 'file', id }
  const [, , whole, shape, x, y, width, extension] = match
  const name = shape ?? whole!
  const crop = (Object.keys(NAME_OF_CROP) as Crop[]).find((each) => NAME_OF_CROP[each] === name)!
  const format = FORMATS.find((each) => each.toLowerCase() === extension)!
  const focal = shape ? { x: Number(x), y: Number(y) } : CENTRE
  const asked: Asked = { what: 'rendition', id, rendition: { crop, width: Number(width), format }, focal }
  // One spelling for each: a zero in front would be another file of the same.
  return renditionPath(id, asked.rendition, focal) === path ? asked : undefined
}

/** True for a rendition that this picture is told in. */
export const isTold = (
  picture: Picture,
  { rendition, focal }: Asked & { readonly what: 'rendition' },
): boolean =>
  widthsOf(picture, rendition.crop).includes(rendition.width) &&
  (CROPS[rendition.crop] === null || (focal.x === picture.focal.x && focal.y === picture.focal.y))
