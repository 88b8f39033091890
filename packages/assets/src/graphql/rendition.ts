import { builder, type RequestContext } from '@hilo/graphql'
import { renditionPath } from '../addresses.ts'
import type { Asset } from '../asset.ts'
import {
  type Crop,
  CROPS,
  type Format,
  FORMATS,
  heightAt,
  type Picture,
  widthNear,
  widthsOf,
} from '../renditions.ts'

interface ToldRendition {
  readonly url: string
  readonly format: Format
  readonly width: number
  readonly height: number
}

/** Where public assets are told to be: a path of the shop's own server stays one when there is no other place. */
export const publicUrl = ({ assets }: Pick<RequestContext, 'assets'>, path: string): string =>
  (assets?.publicUrl ?? '') + path

/** The asset as a picture that everybody may see; undefined for anything else. */
export const shownPicture = ({ kind, visibility, width, height, focal }: Asset): Picture | undefined =>
  kind === 'IMAGE' && visibility === 'PUBLIC' ? { width: width!, height: height!, focal } : undefined

export const CropEnum = builder.enumType('AssetCrop', {
  description: 'The shape of a picture; all but ORIGINAL are cut about its focal point.',
  values: Object.fromEntries(
    (Object.keys(CROPS) as Crop[]).map((crop) => {
      const ratio = CROPS[crop]
      return [crop, { description: ratio ? `${ratio[0]}:${ratio[1]}` : 'As it is.' }]
    }),
  ) as Record<Crop, { description: string }>,
})

export const FormatEnum = builder.enumType('AssetFormat', {
  description:
    'WEBP is read everywhere; AVIF is about a third smaller, and the first one to see it waits for it.',
  values: FORMATS,
})

export const RenditionType = builder.objectRef<ToldRendition>('AssetRendition').implement({
  description: 'A picture in one size, made when somebody first asks for it, and never changed.',
  fields: (t) => ({
    url: t.exposeString('url'),
    format: t.field({ type: FormatEnum, resolve: ({ format }) => format }),
    width: t.exposeInt('width', { description: 'In pixels.' }),
    height: t.exposeInt('height'),
  }),
})

interface Shape {
  readonly crop?: Crop | null | undefined
  readonly format?: Format | null | undefined
}

/** Every size of a picture in one shape and format. */
export const renditionsOf = (
  ctx: Pick<RequestContext, 'assets'>,
  asset: Asset,
  { crop, format }: Shape,
): readonly ToldRendition[] => {
  const picture = shownPicture(asset)
  if (!picture) return []
  const shape = { crop: crop ?? 'ORIGINAL', format: format ?? 'WEBP' } as const
  return widthsOf(picture, shape.crop).map((width) => ({
    url: publicUrl(ctx, renditionPath(asset.id, { ...shape, width }, asset.focal)),
    format: shape.format,
    width,
    height: heightAt(picture, shape.crop, width),
  }))
}

/** The one size of a picture for a place that is so wide; null for what is no public picture. */
export const renditionNear = (
  ctx: Pick<RequestContext, 'assets'>,
  asset: Asset,
  { maxWidth, ...shape }: Shape & { readonly maxWidth?: number | null },
): ToldRendition | null => {
  const picture = shownPicture(asset)
  if (!picture) return null
  const width = widthNear(picture, shape.crop ?? 'ORIGINAL', maxWidth ?? undefined)
  return renditionsOf(ctx, asset, shape).find((each) => each.width === width) ?? null
}
