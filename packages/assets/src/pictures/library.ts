import sharp, { type Sharp, type SharpOptions } from 'sharp'

/** Most pixels of a picture, in millions: what takes more is refused before it is decoded. */
export const MAX_MEGAPIXELS = 50

/**
 * Most pixels of a side: WebP has no more, so a longer one could be told in no size; and a picture of one column takes the
 * library a minute for what takes a second as a square.
 */
export const MAX_SIDE = 16_383

// Nothing is kept between pictures, and one picture takes one thread: how many at once, `createTurns` says.
sharp.cache(false)
sharp.concurrency(1)
// The library reads more than pictures (SVG, PDF, what ImageMagick knows); nothing but these is let in.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadTiff',
  ],
})

const OPTIONS: SharpOptions = { limitInputPixels: MAX_MEGAPIXELS * 1_000_000, failOn: 'truncated', pages: 1 }

/** A picture to be read, from a file or from bytes that are written into it. Of one that moves, its first frame. */
export const openPicture = (path?: string): Sharp => (path ? sharp(path, OPTIONS) : sharp(OPTIONS))

/** A picture whose size is to be looked at before it is let in. */
export const openUnlimited = (path: string): Sharp => sharp(path, { ...OPTIONS, limitInputPixels: false })
