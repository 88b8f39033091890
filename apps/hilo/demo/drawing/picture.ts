import type { Look, Setting } from './look.ts'
import { backdrop, brightness, color, light, shade } from './palette.ts'
import { moved, newPen, path, type Pen, rect } from './pen.ts'
import { SHAPES } from './shapes.ts'

const WALL = [0, 0, 800, 800] as const

// The patch of sun that falls through a window with a bar: one room for the whole shop.
const sun = (hex: string) =>
  `<g fill="${light(hex, 0.62)}" opacity=".55"><path d="M84 96L286 40V560L84 640Z"/><path d="M306 34L508 -22V480L306 552Z"/></g>`

const room: Readonly<Record<Setting, (pen: Pen, hex: string) => string>> = {
  standing: (pen, hex) =>
    rect(WALL, pen.fade(light(hex, 0.2), hex)) +
    sun(hex) +
    path('M0 580H800V800H0Z', pen.fade(shade(hex, 0.1), shade(hex, 0.035))),
  hanging: (pen, hex) => rect(WALL, pen.fade(light(hex, 0.25), shade(hex, 0.03))) + sun(hex),
  lying: (pen, hex) => rect(WALL, pen.fade(light(hex, 0.3), shade(hex, 0.05))),
}

// Shapes are drawn with room around them; this brings them as close as the frame allows.
const CLOSER: Readonly<Record<Setting, string>> = {
  standing: 'translate(-52 -86) scale(1.13)',
  hanging: 'translate(-40 -40) scale(1.1)',
  lying: 'translate(-40 -40) scale(1.1)',
}

/** The picture of a thing as SVG text, the same for the same look; throws for a shape that nothing draws. */
export const picture = (look: Look): string => {
  const shape = SHAPES[look.shape]
  if (!shape) throw new RangeError(`No shape is called ${look.shape}`)
  const pen = newPen()
  const wall = backdrop(look.backdrop, shape.clear ?? brightness(color(look.color)) > 0.86)
  const parts = room[shape.setting](pen, wall) + moved(CLOSER[shape.setting], shape.draw(pen, look))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"><defs>${pen.definitions()}</defs>${parts}</svg>\n`
}
