import type { FocalPoint } from './asset.ts'

/** The shapes that pictures are told in, as width to height; `ORIGINAL` is not cropped. */
export const CROPS = {
  ORIGINAL: null,
  SQUARE: [1, 1],
  LANDSCAPE: [4, 3],
  PORTRAIT: [3, 4],
  WIDE: [16, 9],
} as const
export type Crop = keyof typeof CROPS

/** The formats that pictures are told in; every browser of today reads the first. */
export const FORMATS = ['WEBP', 'AVIF'] as const
export type Format = (typeof FORMATS)[number]

/** Widths in pixels; these and a picture's own width are all that is ever made, so that nobody can ask for more work. */
const WIDTHS = [160, 320, 640, 960, 1_280, 1_920] as const
const WIDEST = 1_920

/** The width of a picture where only one address is told. */
const USUAL_WIDTH = 1_280

/** What is needed of a picture to know how it can be told. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly focal: FocalPoint
}

/** A part of a picture, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const placed = (percent: number, size: number, within: number): number =>
  Math.min(Math.max(Math.round((percent / 100) * within - size / 2), 0), within - size)

/** The largest part of a picture in this shape, with the focal point as near to its middle as it goes. */
export const cropBox = ({ width, height, focal }: Picture, crop: Crop): Box => {
  const ratio = CROPS[crop]
  if (!ratio) return { left: 0, top: 0, width, height }
  const [across, down] = ratio
  const box = {
    width: Math.max(1, Math.min(width, Math.round((height * across) / down))),
    height: Math.max(1, Math.min(height, Math.round((width * down) / across))),
  }
  return { left: placed(focal.x, box.width, width), top: placed(focal.y, box.height, height), ...box }
}

/** The widths that a picture is told in, the narrowest first; never wider than it is. */
export const widthsOf = (picture: Picture, crop: Crop): readonly number[] => {
  const widest = Math.min(cropBox(picture, crop).width, WIDEST)
  return [...WIDTHS.filter((width) => width < widest), widest]
}

/** The widest of the widths that is at most this, else the narrowest. */
export const widthNear = (picture: Picture, crop: Crop, most: number = USUAL_WIDTH): number => {
  const widths = widthsOf(picture, crop)
  return widths.findLast((width) => width <= most) ?? widths[0]!
}

/** The height of a rendition, in pixels. */
export const heightAt = (picture: Picture, crop: Crop, width: number): number => {
  const box = cropBox(picture, crop)
  return Math.max(1, Math.round((box.height * width) / box.width))
}
