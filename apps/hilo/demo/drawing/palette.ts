/** The colours of the demo's pictures, by name; products' colour options use the same names. */
const COLORS = {
  amber: '#d99a4e',
  black: '#35322f',
  blush: '#e6b7a6',
  camel: '#b9804f',
  cedar: '#b5764f',
  champagne: '#ecd79b',
  charcoal: '#4b4845',
  clay: '#b8694a',
  cream: '#f1e6d3',
  forest: '#46604f',
  gold: '#c9a04f',
  grey: '#9c9a96',
  ivory: '#f5eee0',
  'light-grey': '#cfccc6',
  mustard: '#d8a33c',
  natural: '#d9c4a3',
  navy: '#38506b',
  oak: '#cba172',
  ochre: '#d39b45',
  olive: '#8d8f60',
  plum: '#75506a',
  rust: '#a95537',
  sage: '#a3b18f',
  sand: '#d8c3a0',
  silver: '#c3c7c9',
  sky: '#a4c1cf',
  slate: '#6d7780',
  steel: '#c1c5c7',
  stout: '#4a2f22',
  teal: '#3f7277',
  terracotta: '#c76f4f',
  walnut: '#7d5439',
  wheat: '#dfc28d',
  white: '#faf7f2',
  wine: '#7d2f3b',
} as const

/** A colour of the pictures. */
export type ColorName = keyof typeof COLORS

// Each in a pale tone, and in a deep one for what is white or clear and would be lost on the pale one.
const BACKDROPS = {
  blush: ['#f0dfd5', '#dcb8a6'],
  cream: ['#f3eadc', '#dcc69f'],
  mist: ['#dfe5e6', '#a9bcc2'],
  oat: ['#e9decd', '#cbb392'],
  sage: ['#dde2d3', '#b0bd9b'],
  sky: ['#d7e3ea', '#9fbccb'],
} as const

/** The soft colour that a picture stands on. */
export type BackdropName = keyof typeof BACKDROPS

/** The colour as `#rrggbb`. */
export const color = (name: ColorName): string => COLORS[name]

/** The backdrop as `#rrggbb`, pale or deep. */
export const backdrop = (name: BackdropName, deep: boolean): string => BACKDROPS[name][deep ? 1 : 0]

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

/** A colour between two: all of `from` at 0, all of `to` at 1. */
export const mix = (from: string, to: string, share: number): string => {
  const target = channels(to)
  const mixed = channels(from).map((value, at) => Math.round(value + ((target[at] ?? value) - value) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

// Light is warm and shade is a brown, never a plain grey: that keeps the whole shop in one temperature.
/** The colour in more light, `share` from 0 to 1. */
export const light = (hex: string, share: number): string => mix(hex, '#fffaf0', share)

/** The colour in more shade, `share` from 0 to 1. */
export const shade = (hex: string, share: number): string => mix(hex, '#2a1d14', share)

/** How bright the eye finds the colour, from 0 to 1. */
export const brightness = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = channels(hex)
  return (red * 0.3 + green * 0.59 + blue * 0.11) / 255
}

/** The ink, or a lighter or darker kin of it, that can be read on the paper. */
export const readable = (ink: string, paper: string): string => {
  const onDark = brightness(paper) < 0.55
  const kin = [0, 0.25, 0.5, 0.75].map((share) => (onDark ? light(ink, share) : shade(ink, share)))
  return (
    kin.find((hex) => Math.abs(brightness(hex) - brightness(paper)) > 0.45) ??
    (onDark ? '#fffaf0' : '#2a1d14')
  )
}
