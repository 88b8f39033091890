import { lettering } from './lettering.ts'
import { readable } from './palette.ts'
import { line, oval, path, rect, times } from './pen.ts'

const ray = (turn: number) =>
  `<path d="M0 -34V-46" transform="rotate(${turn})" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round"/>`

/** Ornaments of about 110 by 80 around 0,0, drawn in one colour. */
const MOTIFS: Readonly<Record<string, (ink: string) => string>> = {
  thread: (ink) => line('M-58 14C-30 -44 -14 -44 -8 -8S18 44 30 2S48 -26 60 -12', ink, 5),
  sun: (ink) =>
    `<g color="${ink}">${oval([0, 0, 22, 22], ink)}${times(12)
      .map((at) => ray(at * 30))
      .join('')}</g>`,
  hills: (ink) => path('M-60 34C-40 -8 -18 -8 0 22C14 -22 40 -22 60 34Z', ink) + oval([30, -30, 11, 11], ink),
  waves: (ink) => [-24, 0, 24].map((y) => line(`M-56 ${y}q14 -18 28 0t28 0t28 0t28 0`, ink, 5)).join(''),
  leaf: (ink) =>
    path('M-4 40C-50 14 -44 -22 -4 -44C36 -22 42 14 -4 40Z', ink) +
    line('M-4 52V-18M-4 16L14 0M-4 4L-20 -10', '#ffffff66', 4),
  peaks: (ink) => path('M-60 36L-22 -34L0 4L18 -20L60 36Z', ink),
  dots: (ink) =>
    times(12)
      .map((at) => oval([-42 + (at % 4) * 28, -28 + Math.floor(at / 4) * 28, 7, 7], ink))
      .join(''),
  moon: (ink) => path('M12 -40A42 42 0 1 0 40 18A34 34 0 0 1 12 -40Z', ink),
}

/** The ornament with that name, centred on a point; throws for a name that nothing draws. */
const motif = (name: string, at: { x: number; y: number; scale: number; ink: string }): string => {
  const draw = MOTIFS[name]
  if (!draw) throw new RangeError(`No ornament is called ${name}`)
  return `<g transform="translate(${at.x} ${at.y}) scale(${at.scale})">${draw(at.ink)}</g>`
}

/** A paper label: an arch or a rectangle with an ornament, a rule and a word. */
export const label = (place: {
  box: readonly [number, number, number, number]
  paper: string
  ink: string
  word: string
  ornament?: string
}): string => {
  const [x, y, width, height] = place.box
  const middle = x + width / 2
  const ink = readable(place.ink, place.paper)
  const arch = `M${x} ${y + height}V${y + width / 2}A${width / 2} ${width / 2} 0 0 1 ${x + width} ${y + width / 2}V${y + height}Z`
  return [
    place.ornament ? path(arch, place.paper) : rect(place.box, place.paper, 6),
    place.ornament ? motif(place.ornament, { x: middle, y: y + height * 0.44, scale: width / 190, ink }) : '',
    lettering(place.word, {
      x: middle,
      y: place.ornament ? y + height * 0.76 : y + height / 2 - height * 0.16,
      size: Math.min(30, height * 0.32),
      width: width * 0.82,
      color: ink,
    }),
  ].join('')
}
