import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, ring, times } from '../pen.ts'

const COFFEE = '#6b4128'
const GLASS = '#d3e3e8'

/** A trim line in the accent's colour, or in a soft shade of the thing's own. */
const trim = (look: Look) => (look.accent ? color(look.accent) : shade(color(look.color), 0.12))

const cupSaucer = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 630, 230),
    oval([400, 612, 226, 40], shade(hex, 0.18)),
    oval([400, 602, 226, 40], pen.flat(hex)),
    ring([400, 600, 214, 35], trim(look), 4),
    oval([400, 602, 120, 20], shade(hex, 0.1)),
    line('M528 404C640 390 640 540 508 530', shade(hex, 0.1), 24),
    path('M262 350H538C538 500 510 592 450 600H350C290 592 262 500 262 350Z', pen.round(hex)),
    path('M263 380Q400 412 537 380L536 394Q400 426 264 394Z', trim(look)),
    oval([400, 350, 138, 30], light(hex, 0.5)),
    oval([400, 353, 122, 23], COFFEE),
    path('M330 352Q400 334 470 352Q400 366 330 352Z', '#b98257', ' opacity=".75"'),
    line('M372 300q-18 -28 0 -54t0 -54M424 300q-18 -28 0 -54t0 -54', '#ffffff90', 7),
  ].join('')
}

const mug = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(390, 640, 190),
    line('M516 378C650 360 650 580 500 570', shade(hex, 0.08), 34),
    path('M252 326H528Q540 420 534 520Q528 640 470 640H310Q252 640 246 520Q240 420 252 326Z', pen.round(hex)),
    path(
      'M247 500Q390 540 533 500Q530 640 470 640H310Q250 640 247 500Z',
      pen.round('#c8ab85'),
      ' opacity=".9"',
    ),
    path('M247 500Q320 530 390 521T533 500V486Q460 520 390 508T247 488Z', shade(hex, 0.12)),
    oval([390, 326, 138, 28], light(hex, 0.5)),
    oval([390, 330, 122, 21], COFFEE),
  ].join('')
}

const teaBowl = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 170),
    path('M252 400H548C546 520 510 622 470 640H330C290 622 254 520 252 400Z', pen.round(hex)),
    path(
      'M252 400H548Q547 440 542 470Q400 510 258 470Q253 440 252 400Z',
      pen.round(color(look.accent ?? 'cream')),
    ),
    oval([400, 400, 148, 32], light(hex, 0.45)),
    oval([400, 404, 132, 25], '#b98a3e'),
    ...times(14).map((at) =>
      oval([290 + ((at * 53) % 220), 510 + ((at * 37) % 110), 2.6, 2.6], shade(hex, 0.25)),
    ),
  ].join('')
}

const travelMug = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 110),
    path('M306 270H494L474 624Q472 640 456 640H344Q328 640 326 624Z', pen.round(hex)),
    rect([298, 228, 204, 52], pen.round(color('black')), 14),
    rect([330, 204, 140, 30], pen.round(color('charcoal')), 10),
    rect([370, 190, 60, 22], pen.round(color('black')), 8),
    path('M312 380H488L484 450H316Z', pen.round(color('camel'))),
    path('M322 590H478L474 624Q472 640 456 640H344Q328 640 326 624Z', pen.round(color('steel'))),
  ].join('')
}

const espressoGlass = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const glass = (x: number, scale: number) =>
    moved(
      `translate(${x} 640) scale(${scale})`,
      path('M-84 -236H84C98 -120 88 -12 52 -2H-52C-88 -12 -98 -120 -84 -236Z', pen.glass(GLASS)),
      path('M-62 -206H62C66 -110 48 -48 0 -44C-48 -48 -66 -110 -62 -206Z', pen.round(shade(hex, 0.4))),
      path('M-62 -206H62Q63 -186 62 -172H-62Q-63 -186 -62 -206Z', pen.round('#c3905c')),
      oval([0, -236, 84, 15], '#ffffff'),
      oval([0, -235, 74, 11], '#d9e2e2'),
      oval([0, -207, 62, 9], '#d3a473'),
      line('M-70 -190C-76 -110 -70 -50 -48 -20', '#ffffffc0', 7),
    )
  return pen.ground(400, 640, 220) + glass(540, 0.86) + glass(330, 1.25)
}

const teapot = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 190),
    path('M262 500C190 500 190 400 140 372L176 352C230 380 236 430 290 440Z', pen.round(hex)),
    line('M526 410C640 380 640 560 520 560', shade(hex, 0.08), 22),
    path(
      'M400 350C520 350 560 440 556 510Q550 620 470 640H330Q250 620 244 510C240 440 280 350 400 350Z',
      pen.round(hex),
    ),
    path('M320 366Q400 300 480 366Q400 384 320 366Z', pen.round(light(hex, 0.2))),
    oval([400, 318, 18, 16], trim(look)),
    ...[-1, 1].map((side) =>
      moved(
        `translate(400 500) scale(${side} 1)`,
        line('M4 70C30 20 60 -10 96 -40', trim(look), 4.5),
        ...times(5).map((at) =>
          moved(`translate(${26 + at * 16} ${34 - at * 18}) rotate(-40)`, oval([0, -13, 6, 14], trim(look))),
        ),
      ),
    ),
  ].join('')
}

const plateTop = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const rim = look.accent ? ring([400, 400, 250, 250], color(look.accent), 5) : ''
  return [
    faint(0.22, oval([418, 428, 262, 258], '#3a2415')),
    oval([400, 400, 260, 260], pen.flat(hex)),
    rim,
    oval([400, 400, 186, 186], pen.flat(shade(hex, 0.09))),
    oval([403, 404, 178, 178], pen.flat(light(hex, 0.1))),
    look.accent
      ? ''
      : times(16)
          .map((at) =>
            oval(
              [400 + 222 * Math.cos(at * 2.4), 400 + 222 * Math.sin(at * 2.4), 3 + (at % 3), 3],
              shade(hex, 0.16),
            ),
          )
          .join(''),
    line('M214 300A214 214 0 0 1 330 200', '#ffffff70', 12),
  ].join('')
}

const squarePlate = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return moved(
    'rotate(45 400 400)',
    faint(0.2, rect([212, 218, 404, 400], '#3a2415', 60)),
    rect([200, 200, 400, 400], pen.flat(hex), 60),
    rect([212, 212, 376, 376], trim(look), 51),
    rect([217, 217, 366, 366], pen.flat(hex), 47),
    rect([256, 256, 288, 288], pen.flat(shade(hex, 0.06)), 40),
    rect([262, 262, 278, 278], pen.flat(light(hex, 0.2)), 38),
  )
}

const shell = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const scallops = times(9)
    .map((at) => {
      const from = Math.PI * (1.06 + at * 0.0978)
      const to = Math.PI * (1.06 + (at + 1) * 0.0978)
      const point = (turn: number, reach: number) =>
        `${(400 + reach * Math.cos(turn)).toFixed(1)} ${(560 + reach * 1.15 * Math.sin(turn)).toFixed(1)}`
      return `${at ? '' : `M400 610L${point(from, 270)}`}Q${point((from + to) / 2, 318)} ${point(to, 270)}`
    })
    .join('')
  return [
    faint(0.2, moved('translate(14 24)', path(`${scallops}Z`, '#3a2415'))),
    path(`${scallops}Z`, pen.flat(hex)),
    path('M330 566H470L448 626H352Z', pen.flat(shade(hex, 0.05))),
    ...times(8).map((at) => {
      const turn = Math.PI * (1.06 + (at + 1) * 0.0978)
      return line(
        `M400 590L${(400 + 240 * Math.cos(turn)).toFixed(1)} ${(560 + 276 * Math.sin(turn)).toFixed(1)}`,
        shade(hex, 0.12),
        7,
      )
    }),
  ].join('')
}

const bowl = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const inner = look.accent ? color(look.accent) : light(hex, 0.22)
  return [
    pen.ground(400, 640, 190),
    rect([318, 610, 164, 30], pen.round(shade(hex, 0.16)), 8),
    path('M172 402H628C624 540 540 620 470 620H330C260 620 176 540 172 402Z', pen.round(hex)),
    oval([400, 402, 228, 56], light(hex, 0.35)),
    oval([400, 405, 212, 48], pen.fade(shade(inner, 0.34), inner)),
    look.accent ? line('M190 470Q400 540 610 470', shade(hex, 0.12), 4) : '',
  ].join('')
}

const glassBowl = (pen: Pen, look: Look): string => {
  const tint = color(look.color)
  const fruit = (x: number, y: number, hex: string) =>
    oval([x, y, 62, 60], pen.flat(hex)) + oval([x - 20, y - 22, 12, 9], light(hex, 0.5))
  return [
    pen.ground(400, 640, 180),
    fruit(320, 404, color('mustard')),
    fruit(470, 400, color('terracotta')),
    fruit(396, 376, color('olive')),
    fruit(392, 460, color('rust')),
    path('M180 410H620C616 550 530 640 470 640H330C270 640 184 550 180 410Z', pen.glass(light(tint, 0.4))),
    faint(0.9, ring([400, 410, 220, 40], '#ffffff', 9)),
    line('M214 460C230 540 270 590 312 612', '#ffffffb0', 12),
  ].join('')
}

/** Cups, plates and bowls. */
export const TABLEWARE: Readonly<Record<string, Shape>> = {
  'cup-saucer': { setting: 'standing', draw: cupSaucer },
  mug: { setting: 'standing', draw: mug },
  'tea-bowl': { setting: 'standing', draw: teaBowl },
  'travel-mug': { setting: 'standing', draw: travelMug },
  'espresso-glass': { setting: 'standing', clear: true, draw: espressoGlass },
  teapot: { setting: 'standing', draw: teapot },
  plate: { setting: 'lying', draw: plateTop },
  'square-plate': { setting: 'lying', draw: squarePlate },
  'shell-plate': { setting: 'lying', draw: shell },
  bowl: { setting: 'standing', draw: bowl },
  'glass-bowl': { setting: 'standing', clear: true, draw: glassBowl },
}
