import { light, mix, shade } from './palette.ts'

/** Left, top, width and height, or for an oval its centre and radii. */
export type Box = readonly [number, number, number, number]

const fixed = (value: number) => String(Math.round(value * 10) / 10)

/** A filled shape from path data. */
export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}"${more}/>`

/** A line with round ends. */
export const line = (d: string, stroke: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${fixed(width)}" stroke-linecap="round" stroke-linejoin="round"/>`

/** A rectangle, with corners rounded by `radius`. */
export const rect = ([x, y, width, height]: Box, fill: string, radius = 0): string =>
  `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}"${radius ? ` rx="${fixed(radius)}"` : ''} fill="${fill}"/>`

/** An ellipse. */
export const oval = ([x, y, across, down]: Box, fill: string): string =>
  `<ellipse cx="${fixed(x)}" cy="${fixed(y)}" rx="${fixed(across)}" ry="${fixed(down)}" fill="${fill}"/>`

/** The outline of an ellipse. */
export const ring = ([x, y, across, down]: Box, stroke: string, width: number): string =>
  `<ellipse cx="${fixed(x)}" cy="${fixed(y)}" rx="${fixed(across)}" ry="${fixed(down)}" fill="none" stroke="${stroke}" stroke-width="${fixed(width)}"/>`

/** The parts moved, turned or scaled together. */
export const moved = (transform: string, ...parts: readonly string[]): string =>
  `<g transform="${transform}">${parts.join('')}</g>`

/** The parts seen through, `share` from 0 to 1. */
export const faint = (share: number, ...parts: readonly string[]): string =>
  `<g opacity="${share}">${parts.join('')}</g>`

/** Numbers from 0 to count − 1. */
export const times = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)

/** What draws one picture: fills that need a definition are made here, once each. */
export interface Pen {
  /** Light from the left over something round: a cup, a lamp, a leg. */
  round(hex: string): string
  /** Light from the upper left over something flat: a bag, a box, a cushion. */
  flat(hex: string): string
  /** A fade from one colour (top) to another (bottom). */
  fade(from: string, to: string): string
  /** Glass: nearly clear, brighter at both edges. */
  glass(tint: string): string
  /** Keeps what is drawn inside the shape of a path. */
  inside(d: string, ...parts: readonly string[]): string
  /** The soft shadow of something that stands: centre x, floor y and half its width. */
  ground(x: number, y: number, reach: number): string
  /** Every definition so far. */
  readonly definitions: () => string
}

type Stop = readonly [offset: number, color: string, opacity?: number]

const stopElement = ([offset, color, opacity]: Stop) =>
  `<stop offset="${offset}" stop-color="${color}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`

const gradient = (stops: readonly Stop[], direction: string) => (id: string) =>
  `<linearGradient id="${id}" ${direction}>${stops.map(stopElement).join('')}</linearGradient>`

const SHADOW = (id: string) =>
  `<radialGradient id="${id}">${[[0, '#3a2415', 0.34] as const, [0.6, '#3a2415', 0.16] as const, [1, '#3a2415', 0] as const].map(stopElement).join('')}</radialGradient>`

/** A new pen, with no definitions yet. */
export const newPen = (): Pen => {
  const known = new Map<string, string>()
  const define = (make: (id: string) => string) => {
    const key = make('')
    const id = known.get(key) ?? `d${known.size}`
    known.set(key, id)
    return id
  }
  const made = new Map<string, string>()
  const fill = (make: (id: string) => string) => {
    const id = define(make)
    made.set(id, make(id))
    return `url(#${id})`
  }
  const across = 'x1="0" y1="0" x2="1" y2="0"'
  return {
    round: (hex) =>
      fill(
        gradient(
          [
            [0, shade(hex, 0.1)],
            [0.22, light(hex, 0.3)],
            [0.55, hex],
            [1, shade(hex, 0.28)],
          ],
          across,
        ),
      ),
    flat: (hex) =>
      fill(
        gradient(
          [
            [0, light(hex, 0.16)],
            [0.55, hex],
            [1, shade(hex, 0.12)],
          ],
          'x1="0" y1="0" x2="1" y2="1"',
        ),
      ),
    fade: (from, to) =>
      fill(
        gradient(
          [
            [0, from],
            [1, to],
          ],
          'x1="0" y1="0" x2="0" y2="1"',
        ),
      ),
    glass: (tint) =>
      fill(
        gradient(
          [
            [0, mix(tint, '#ffffff', 0.75), 0.85],
            [0.16, tint, 0.3],
            [0.78, tint, 0.24],
            [1, shade(tint, 0.2), 0.55],
          ],
          across,
        ),
      ),
    inside: (d, ...parts) => {
      const clip = fill((id) => `<clipPath id="${id}"><path d="${d}"/></clipPath>`)
      return `<g clip-path="${clip}">${parts.join('')}</g>`
    },
    ground: (x, y, reach) => {
      const soft = fill(SHADOW)
      return oval([x + reach * 0.1, y, reach * 1.18, reach * 0.13 + 12], soft)
    },
    definitions: () => [...made.values()].join(''),
  }
}
