import { label } from '../label.ts'
import { lettering } from '../lettering.ts'
import type { Look, Shape } from '../look.ts'
import { color, light, readable, shade } from '../palette.ts'
import { line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const accent = (look: Look) => color(look.accent ?? 'cream')

/** A coffee bean lying on the table. */
const bean = (x: number, y: number, turn: number) =>
  moved(
    `translate(${x} ${y}) rotate(${turn})`,
    oval([0, 0, 17, 12], '#5b3a26'),
    path('M-15 -3C-8 -9 4 -9 11 -5C4 -7 -8 -6 -15 -3Z', '#7c5438'),
    line('M-14 2C-6 -3 4 5 14 -1', '#37211480', 2.6),
  )

const bag = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const body = 'M262 250C258 380 254 500 250 628Q250 642 264 642H536Q550 642 550 628C546 500 542 380 538 250Z'
  return [
    pen.ground(400, 640, 180),
    path(body, pen.flat(hex)),
    pen.inside(
      body,
      path('M496 250C506 380 512 520 516 650H560V250Z', shade(hex, 0.14)),
      path('M262 250C270 360 268 520 262 650H240V250Z', light(hex, 0.2)),
      path('M250 612C330 600 470 600 550 612V650H250Z', shade(hex, 0.16)),
    ),
    rect([258, 176, 284, 82], pen.flat(hex), 8),
    rect([258, 236, 284, 22], shade(hex, 0.16), 4),
    rect([246, 196, 308, 16], accent(look), 8),
    label({
      box: [300, 316, 194, 252],
      paper: accent(look),
      ink: shade(hex, 0.25),
      word: look.label ?? '',
      ornament: look.motif ?? 'thread',
    }),
    oval([400, 284, 9, 9], shade(hex, 0.24)),
    bean(586, 640, 20),
    bean(622, 652, -35),
    bean(224, 654, 60),
  ].join('')
}

/** One capsule standing on its rim, 84 wide. */
const capsule = (pen: Pen, x: number, hex: string) =>
  moved(
    `translate(${x} 640)`,
    path('M-24 -66H24L36 -10H-36Z', pen.round(hex)),
    oval([0, -66, 24, 7], light(hex, 0.3)),
    rect([-42, -12, 84, 12], pen.round(shade(hex, 0.1)), 6),
  )

const capsuleBox = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 250),
    path('M196 300L250 262H592L540 300Z', light(hex, 0.28)),
    path('M540 300L592 262V600L540 640Z', shade(hex, 0.22)),
    rect([196, 300, 344, 340], pen.flat(hex)),
    rect([196, 300, 344, 84], accent(look)),
    lettering('HILO', {
      x: 368,
      y: 328,
      size: 28,
      width: 200,
      color: readable(shade(hex, 0.2), accent(look)),
    }),
    lettering(look.label ?? '', { x: 368, y: 566, size: 30, width: 280, color: readable(accent(look), hex) }),
    ...times(3).map((at) =>
      moved(
        `translate(${276 + at * 92} 476)`,
        oval([0, 0, 38, 38], shade(hex, 0.18)),
        oval([0, 0, 30, 30], accent(look)),
        oval([0, 0, 12, 12], hex),
      ),
    ),
    capsule(pen, 604, accent(look)),
    capsule(pen, 668, hex),
  ].join('')
}

const pouchBox = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 230),
    path('M230 250H530V640H230Z', pen.flat(hex)),
    path('M530 250L586 226V612L530 640Z', shade(hex, 0.24)),
    path('M230 250L286 226H586L530 250Z', light(hex, 0.25)),
    label({
      box: [278, 316, 204, 250],
      paper: accent(look),
      ink: shade(hex, 0.2),
      word: look.label ?? '',
      ornament: 'waves',
    }),
    path('M560 640L552 556Q590 536 640 556L648 640Z', pen.flat(light(hex, 0.55))),
    line('M596 548V506', shade(hex, 0.1), 4),
    rect([578, 470, 36, 40], accent(look), 5),
    bean(204, 652, 30),
  ].join('')
}

const filterBox = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const cone = (x: number, tint: string) =>
    moved(
      `translate(${x} 640)`,
      path('M-96 -176Q0 -214 96 -176L22 -4Q0 8 -22 -4Z', pen.flat(tint)),
      line('M58 -164L12 -18', shade(tint, 0.12), 3),
    )
  return [
    pen.ground(400, 640, 240),
    rect([196, 282, 270, 358], pen.flat(hex), 4),
    path('M466 282L516 258V614L466 640Z', shade(hex, 0.2)),
    path('M196 282L246 258H516L466 282Z', light(hex, 0.4)),
    path('M236 350H426L354 520Q331 536 308 520Z', light(hex, 0.5)),
    line('M392 356L340 516', shade(hex, 0.1), 3),
    lettering(look.label ?? '', { x: 331, y: 572, size: 30, width: 210, color: readable(accent(look), hex) }),
    rect([196, 304, 270, 14], accent(look)),
    cone(600, '#e8d6b8'),
    cone(574, '#f1e4cb'),
  ].join('')
}

/** What comes in a bag or a box. */
export const COFFEE: Readonly<Record<string, Shape>> = {
  'coffee-bag': { setting: 'standing', draw: bag },
  'capsule-box': { setting: 'standing', draw: capsuleBox },
  'pouch-box': { setting: 'standing', draw: pouchBox },
  'filter-box': { setting: 'standing', draw: filterBox },
}
