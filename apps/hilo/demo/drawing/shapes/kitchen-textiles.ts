import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, ring, times } from '../pen.ts'

const LINEN = color('ivory')

const accent = (look: Look) => color(look.accent ?? 'cream')

const teaTowel = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const cloth = (x: number, long: number) => {
    const edge = `M${x} 190H${x + 196}Q${x + 202} ${190 + long / 2} ${x + 194} ${190 + long}Q${x + 98} ${200 + long} ${x + 2} ${190 + long}Q${x - 6} ${190 + long / 2} ${x} 190Z`
    return pen.inside(
      edge,
      path(edge, pen.round(LINEN)),
      ...[20, 44, 152, 176].map((at) => rect([x + at - 5, 180, at % 3 ? 14 : 5, long + 30], hex)),
      rect([x - 10, 190 + long - 70, 220, 12], hex),
      rect([x - 10, 190 + long - 46, 220, 5], hex),
      path(
        `M${x + 84} 190Q${x + 100} ${190 + long / 2} ${x + 78} ${200 + long}H${x + 116}Q${x + 122} ${190 + long / 2} ${x + 112} 190Z`,
        shade(LINEN, 0.12),
        ' opacity=".5"',
      ),
    )
  }
  return [
    faint(0.16, rect([206, 216, 206, 420], '#3a2415', 8), rect([428, 216, 206, 350], '#3a2415', 8)),
    line('M130 186H670', color('walnut'), 18),
    ...[150, 650].map((x) => oval([x, 186, 17, 17], color('gold'))),
    cloth(196, 400),
    cloth(416, 330),
    rect([188, 178, 212, 20], pen.flat(LINEN), 10),
    rect([408, 178, 212, 20], pen.flat(LINEN), 10),
  ].join('')
}

const apron = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const body =
    'M318 270H482C484 340 506 380 574 396Q590 520 582 668Q400 690 218 668Q210 520 226 396C294 380 316 340 318 270Z'
  return [
    faint(0.16, moved('translate(14 22)', path(body, '#3a2415'))),
    oval([400, 122, 15, 15], pen.round(color('gold'))),
    line('M322 274C330 200 372 146 400 132C428 146 470 200 478 274', color('camel'), 15),
    line('M230 402C190 440 176 480 184 530M570 402C610 440 624 480 616 530', color('camel'), 13),
    path(body, pen.round(hex)),
    rect([306, 456, 188, 128], shade(hex, 0.1), 10),
    rect([312, 456, 176, 20], light(hex, 0.12), 4),
    line('M400 480V578', shade(hex, 0.28), 4),
    rect([350, 312, 100, 62], shade(hex, 0.1), 8),
    line('M378 300V340M394 306V340', color('gold'), 5),
    ...[
      [332, 284],
      [468, 284],
    ].map(([x = 0, y = 0]) => oval([x, y, 7, 7], color('gold'))),
    line('M224 648Q400 668 576 648', light(hex, 0.3), 3),
  ].join('')
}

const napkins = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const sheet = (turn: number, tone: string) =>
    moved(
      `rotate(${turn} 400 400)`,
      faint(0.14, rect([220, 236, 370, 350], '#3a2415', 10)),
      rect([212, 220, 370, 350], pen.flat(tone), 8),
      path(
        'M226 234H568V556H226Z',
        'none',
        ` stroke="${shade(tone, 0.14)}" stroke-width="3" stroke-dasharray="9 6"`,
      ),
    )
  return [
    sheet(-14, shade(hex, 0.08)),
    sheet(-4, hex),
    sheet(7, light(hex, 0.12)),
    moved(
      'rotate(7 400 400)',
      path('M212 396H582V570H212Z', pen.fade(shade(hex, 0.02), hex)),
      line('M214 396H580', shade(hex, 0.2), 4),
    ),
    moved(
      'rotate(7 400 400) translate(400 404)',
      ring([0, 0, 64, 34], color('gold'), 13),
      line('M-118 -76C-50 -30 40 26 126 74', color('olive'), 6),
      ...times(7).map((at) =>
        moved(
          `translate(${-98 + at * 34} ${-62 + at * 22}) rotate(${at % 2 ? 70 : -8})`,
          oval([0, -16, 8, 19], pen.flat(at % 3 ? color('sage') : color('olive'))),
        ),
      ),
    ),
  ].join('')
}

const mitts = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const mitt = (transform: string) => {
    const hand =
      'M-90 210V20C-150 -10 -168 -100 -130 -116C-104 -126 -92 -84 -78 -72C-80 -190 -40 -240 14 -240C84 -240 112 -180 108 -90L96 210Z'
    return moved(
      transform,
      faint(0.16, moved('translate(12 20)', path(hand, '#3a2415'))),
      path(hand, pen.flat(hex)),
      pen.inside(
        hand,
        ...times(11).map((at) =>
          line(
            `M${-300 + at * 54} -260L${at * 54 - 20} 220M${-20 + at * 54 - 280} 220L${at * 54 - 20} -260`,
            shade(hex, 0.13),
            3,
          ),
        ),
      ),
      rect([-98, 176, 204, 56], pen.round(LINEN), 16),
      line('M100 200C140 190 140 250 102 240', LINEN, 9),
    )
  }
  return (
    mitt('translate(540 410) scale(-1.02 1.02) rotate(-10)') +
    mitt('translate(310 404) scale(1.1) rotate(-6)')
  )
}

const runner = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const ink = accent(look)
  const stripes = [0, 26, 60, 74, 150, 156, 220, 262, 276, 340, 372, 384, 440]
  return moved(
    'rotate(-24 400 400)',
    faint(0.18, rect([132, 302, 560, 236], '#3a2415', 4)),
    ...times(20).map((at) =>
      line(`M120 ${290 + at * 11.6}h-34M680 ${290 + at * 11.6}h34`, shade(hex, 0.1), 4),
    ),
    rect([120, 282, 560, 236], pen.flat(hex), 3),
    ...stripes.map((at, index) =>
      rect([164 + at, 282, index % 3 === 0 ? 18 : 7, 236], index % 4 === 1 ? color('navy') : ink),
    ),
    faint(0.25, ...times(24).map((at) => line(`M122 ${287 + at * 10}H678`, shade(hex, 0.3), 1))),
  )
}

/** Cloth for the kitchen and the table. */
export const KITCHEN_TEXTILES: Readonly<Record<string, Shape>> = {
  'tea-towel': { setting: 'hanging', draw: teaTowel },
  apron: { setting: 'hanging', draw: apron },
  napkins: { setting: 'lying', draw: napkins },
  'oven-mitt': { setting: 'lying', draw: mitts },
  runner: { setting: 'lying', draw: runner },
}
