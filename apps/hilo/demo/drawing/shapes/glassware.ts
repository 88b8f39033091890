import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, ring, times } from '../pen.ts'

const GLASS = '#cfdfe5'
const CLEAR = '#ffffff'

const rim = (y: number, reach: number, down: number, ink = CLEAR) =>
  faint(0.9, ring([0, y, reach, down], ink, 5))

const foot = (pen: Pen, y: number, reach: number) =>
  oval([0, -6, reach, 11], pen.glass('#e3eef1')) +
  path(`M-6 ${y}Q-4 -60 -26 -10H26Q4 -60 6 ${y}Z`, pen.round('#e6f0f3'), ' opacity=".75"')

/** The same glass twice, one a step behind the other. */
const pair = (pen: Pen, draw: () => string, spread: number) =>
  pen.ground(400, 640, spread + 110) +
  moved(`translate(${400 + spread} 624) scale(.9)`, draw()) +
  moved(`translate(${400 - spread} 640)`, draw())

const wineGlass = (pen: Pen, look: Look): string =>
  pair(
    pen,
    () => {
      const wine = color(look.color)
      const cupPath = 'M-78 -430C-116 -320 -110 -226 0 -214C110 -226 116 -320 78 -430Z'
      return [
        foot(pen, -216, 82),
        pen.inside(
          cupPath,
          rect([-120, -330, 240, 130], pen.round(wine)),
          oval([0, -330, 104, 13], light(wine, 0.2)),
        ),
        path(cupPath, pen.glass(GLASS)),
        rim(-430, 78, 11),
        line('M-84 -380C-98 -330 -96 -280 -70 -248', '#ffffffb8', 8),
      ].join('')
    },
    104,
  )

const flute = (pen: Pen, look: Look): string =>
  pair(
    pen,
    () => {
      const wine = color(look.color)
      const cupPath = 'M-44 -460C-52 -350 -44 -230 0 -190C44 -230 52 -350 44 -460Z'
      return [
        foot(pen, -192, 66),
        pen.inside(
          cupPath,
          rect([-60, -390, 120, 210], pen.round(wine)),
          oval([0, -390, 48, 7], light(wine, 0.5)),
        ),
        ...times(9).map((at) => oval([-18 + ((at * 17) % 38), -220 - at * 17, 3, 3], '#fffdf0')),
        path(cupPath, pen.glass(GLASS)),
        rim(-460, 44, 7, look.accent ? color(look.accent) : CLEAR),
        line('M-36 -420C-40 -340 -36 -270 -20 -232', '#ffffffc0', 6),
      ].join('')
    },
    76,
  )

const tumbler = (pen: Pen, look: Look): string =>
  pair(
    pen,
    () => {
      const tint = color(look.color)
      return [
        path('M-86 -300H86L74 -14Q72 0 58 0H-58Q-72 0 -74 -14Z', pen.glass(tint)),
        path('M-82 -210H82L74 -24Q72 -12 58 -12H-58Q-72 -12 -74 -24Z', pen.glass(light(tint, 0.5))),
        oval([0, -210, 82, 11], light(tint, 0.6)),
        path('M-75 -34H75L74 -14Q72 0 58 0H-58Q-72 0 -74 -14Z', shade(tint, 0.1), ' opacity=".5"'),
        rim(-300, 86, 13),
        line('M-66 -270L-58 -60', '#ffffffc0', 9),
      ].join('')
    },
    104,
  )

const whiskey = (pen: Pen, look: Look): string =>
  pair(
    pen,
    () => {
      const drink = color(look.color)
      return [
        path('M-104 -224H104L96 0H-96Z', pen.glass(GLASS)),
        path('M-92 -120H92L88 -32H-88Z', pen.round(drink), ' opacity=".92"'),
        oval([0, -120, 92, 11], light(drink, 0.4)),
        moved('translate(-14 -132) rotate(-12)', rect([-34, -34, 68, 68], '#f6fbfbcc', 8)),
        ...times(7).map((at) => line(`M${-84 + at * 28} -104L${-78 + at * 26} -6`, '#ffffff8a', 5)),
        path('M-97 -32H97L96 0H-96Z', '#dfe9ec', ' opacity=".85"'),
        rim(-224, 104, 14),
      ].join('')
    },
    124,
  )

const beer = (pen: Pen, look: Look): string =>
  pair(
    pen,
    () => {
      const drink = color(look.color)
      const cupPath =
        'M-92 -380C-98 -290 -70 -220 -68 -110V-14Q-68 0 -54 0H54Q68 0 68 -14V-110C70 -220 98 -290 92 -380Z'
      return [
        pen.inside(
          cupPath,
          rect([-110, -330, 220, 316], pen.round(drink)),
          rect([-110, -350, 220, 62], pen.round('#ecd9b8')),
        ),
        oval([0, -350, 94, 13], '#f7ead2'),
        path(cupPath, pen.glass(GLASS)),
        rim(-380, 92, 12),
        line('M-74 -260C-62 -210 -54 -150 -54 -60', '#ffffff90', 7),
      ].join('')
    },
    108,
  )

const shaker = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 120),
    path('M306 330H494L462 624Q460 640 444 640H356Q340 640 338 624Z', pen.round(hex)),
    path('M306 330C310 262 350 244 356 222H444C450 244 490 262 494 330Z', pen.round(light(hex, 0.1))),
    rect([298, 322, 204, 18], pen.round(shade(hex, 0.08)), 8),
    path('M350 224L358 168Q400 152 442 168L450 224Z', pen.round(hex)),
    rect([344, 216, 112, 12], pen.round(shade(hex, 0.12)), 5),
    moved(
      'translate(592 640)',
      path('M-44 -150H44L10 -74H-10Z', pen.round(hex)),
      path('M-10 -76H10L36 0H-36Z', pen.round(shade(hex, 0.05))),
    ),
  ].join('')
}

const iceBucket = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const ice = (x: number, y: number, turn: number) =>
    moved(
      `translate(${x} ${y}) rotate(${turn})`,
      rect([-38, -38, 76, 76], pen.glass('#e4f1f6'), 10),
      rect([-38, -38, 76, 76], '#f4fafccc', 10),
    )
  return [
    pen.ground(400, 640, 160),
    ice(320, 330, 14),
    ice(404, 312, -20),
    ice(478, 336, 32),
    path('M246 342H554L516 616Q512 640 490 640H310Q288 640 284 616Z', pen.round(hex)),
    rect([234, 330, 332, 30], pen.round(light(hex, 0.2)), 15),
    ...[246, 554].map((x) => ring([x, 420, 26, 30], shade(hex, 0.2), 12)),
    line('M312 400L332 580', '#ffffffa0', 12),
  ].join('')
}

/** What holds something to drink. */
export const GLASSWARE: Readonly<Record<string, Shape>> = {
  'wine-glass': { setting: 'standing', clear: true, draw: wineGlass },
  flute: { setting: 'standing', clear: true, draw: flute },
  tumbler: { setting: 'standing', clear: true, draw: tumbler },
  'whiskey-glass': { setting: 'standing', clear: true, draw: whiskey },
  'beer-glass': { setting: 'standing', clear: true, draw: beer },
  shaker: { setting: 'standing', draw: shaker },
  'ice-bucket': { setting: 'standing', draw: iceBucket },
}
