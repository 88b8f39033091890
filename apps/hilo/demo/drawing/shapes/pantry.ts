import { label } from '../label.ts'
import { lettering } from '../lettering.ts'
import type { Look, Shape } from '../look.ts'
import { color, light, readable, shade } from '../palette.ts'
import { line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const accent = (look: Look) => color(look.accent ?? 'cream')

const jar = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 150),
    rect([270, 300, 260, 340], pen.round(hex), 40),
    rect([270, 300, 260, 60], pen.glass('#f6ead2'), 30),
    line('M286 372V600', '#fff6e0b0', 10),
    rect([282, 228, 236, 74], pen.round(color('oak')), 10),
    ...times(11).map((at) => line(`M${296 + at * 21} 240V292`, shade(color('oak'), 0.14), 3)),
    label({
      box: [312, 384, 176, 204],
      paper: accent(look),
      ink: shade(hex, 0.4),
      word: look.label ?? '',
      ornament: 'sun',
    }),
  ].join('')
}

const chocolate = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const cocoa = '#5a3724'
  const square = (x: number, y: number) =>
    rect([x, y, 66, 66], shade(cocoa, 0.12), 6) +
    rect([x + 4, y + 4, 58, 58], light(cocoa, 0.12), 5) +
    rect([x + 14, y + 14, 38, 38], cocoa, 4)
  return moved(
    'rotate(-8 400 430)',
    moved('translate(14 22)', rect([276, 150, 250, 500], '#3a241533', 8)),
    rect([290, 146, 222, 200], pen.fade('#f6e3b4', color('gold')), 4),
    ...times(6).map((at) => square(302 + (at % 3) * 66, 154 + Math.floor(at / 3) * 66)),
    path('M276 300L310 286L344 302L378 284L412 304L446 288L480 302L526 290V650H276Z', pen.flat(hex)),
    rect([276, 420, 250, 14], accent(look)),
    lettering(look.label ?? '', { x: 401, y: 470, size: 34, width: 196, color: readable(accent(look), hex) }),
    lettering('HILO', { x: 401, y: 350, size: 26, width: 120, color: readable(accent(look), hex) }),
    ...times(3).map((at) => oval([361 + at * 40, 572, 10, 24], accent(look))),
  )
}

const giftBox = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 250),
    path('M170 500L226 456H630L574 500Z', light(hex, 0.24)),
    path('M574 500L630 456V596L574 640Z', shade(hex, 0.24)),
    rect([170, 500, 404, 140], pen.flat(hex)),
    path('M330 500L386 456H426L370 500Z', light(accent(look), 0.2)),
    rect([330, 500, 40, 140], accent(look)),
    label({ box: [390, 526, 160, 88], paper: accent(look), ink: shade(hex, 0.2), word: look.label ?? '' }),
    path('M376 462C330 396 288 420 376 462C430 388 484 412 376 462Z', pen.flat(accent(look))),
    line('M376 462L336 494M376 462L404 488', shade(accent(look), 0.12), 10),
    ...[
      [652, 628],
      [694, 636],
    ].map(([x = 0, y = 0]) =>
      moved(
        `translate(${x} ${y}) rotate(24)`,
        path('M-26 0Q0 -26 26 0Q0 22 -26 0Z', '#b98352'),
        line('M-18 -1Q0 -10 18 -1', '#96653b', 3),
      ),
    ),
  ].join('')
}

const tin = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 150),
    rect([282, 300, 236, 340], pen.round(hex), 14),
    rect([276, 242, 248, 84], pen.round(light(hex, 0.12)), 12),
    oval([400, 244, 122, 16], light(hex, 0.32)),
    oval([400, 234, 20, 10], color('gold')),
    label({
      box: [322, 366, 156, 220],
      paper: accent(look),
      ink: shade(hex, 0.35),
      word: look.label ?? '',
      ornament: 'leaf',
    }),
  ].join('')
}

const biscuit = (x: number, y: number) =>
  oval([x, y, 42, 14], '#a9713d') +
  oval([x, y - 6, 42, 14], '#d6a364') +
  [-18, 0, 16].map((at) => oval([x + at, y - 7 + (at % 3), 3, 2], '#f6ead2')).join('')

const biscuitTin = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(380, 640, 200),
    rect([216, 440, 330, 200], pen.round(hex), 18),
    rect([208, 404, 346, 62], pen.round(light(hex, 0.14)), 14),
    oval([381, 406, 172, 30], light(hex, 0.36)),
    oval([381, 406, 138, 22], pen.flat(accent(look))),
    lettering(look.label ?? '', {
      x: 381,
      y: 540,
      size: 40,
      width: 250,
      color: readable(shade(hex, 0.5), hex),
    }),
    line('M240 500q12 -16 24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t18 0', accent(look), 5),
    line('M240 612q12 -16 24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t24 0t18 0', accent(look), 5),
    biscuit(616, 640),
    biscuit(622, 618),
    biscuit(610, 596),
  ].join('')
}

/** What is eaten and drunk beside coffee. */
export const PANTRY: Readonly<Record<string, Shape>> = {
  jar: { setting: 'standing', draw: jar },
  'chocolate-bar': { setting: 'lying', draw: chocolate },
  'gift-box': { setting: 'standing', draw: giftBox },
  'tea-tin': { setting: 'standing', draw: tin },
  'biscuit-tin': { setting: 'standing', draw: biscuitTin },
}
