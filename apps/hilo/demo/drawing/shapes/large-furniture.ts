import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const legs = (look: Look) => color(look.legs ?? 'walnut')

const books = (x: number, y: number, tints: readonly string[]) =>
  tints
    .map((hex, at) => rect([x + at * 21, y - 62 - ((at * 13) % 22), 18, 62 + ((at * 13) % 22)], hex, 3))
    .join('')

const sprig = (ink: string, leaves: readonly (readonly [number, number])[]) =>
  leaves
    .map(
      ([x, y]) =>
        line(`M0 0Q${x * 0.1} ${y * 0.6} ${x} ${y + 14}`, color('olive'), 4) + oval([x, y, 13, 18], ink),
    )
    .join('')

const nightstand = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 642, 180),
    path('M276 600H300L292 640H276ZM500 600H524V640H508Z', pen.round(legs(look))),
    rect([250, 346, 300, 262], pen.flat(hex), 10),
    rect([268, 372, 264, 92], shade(hex, 0.08), 6),
    rect([268, 372, 264, 92], pen.flat(light(hex, 0.1)), 6),
    line('M290 400q50 -8 100 0t120 -2M290 430q60 8 110 0t110 4', shade(hex, 0.12), 3),
    rect([268, 480, 264, 112], shade(hex, 0.42), 6),
    books(290, 592, [color('terracotta'), color('cream'), color('teal'), color('ochre'), color('navy')]),
    rect([238, 332, 324, 24], pen.round(light(hex, 0.08)), 8),
    moved(
      'translate(470 332)',
      rect([-7, -74, 14, 74], color('gold')),
      oval([0, -2, 38, 8], color('gold')),
      path('M-66 -74L-38 -160H38L66 -74Z', pen.round(color('cream'))),
    ),
    moved(
      'translate(326 332)',
      path('M-26 -40H26L20 0H-20Z', pen.glass('#cfe0e6')),
      oval([0, -40, 26, 6], '#ffffff'),
    ),
  ].join('')
}

const bed = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const wide = look.form === 'single' ? 400 : 570
  const left = 400 - wide / 2
  const linen = color('ivory')
  const panels = look.form === 'single' ? 1 : 2
  const pillow = (x: number, width: number) =>
    rect([x, 384, width, 84], pen.flat('#fffaf2'), 34) +
    line(`M${x + 26} 450Q${x + width / 2} 462 ${x + width - 26} 448`, shade(linen, 0.12), 3)
  return [
    pen.ground(400, 642, wide / 2),
    ...[left + 30, left + wide - 30].map((x) => rect([x - 9, 600, 18, 40], legs(look), 3)),
    rect([left, 244, wide, 330], pen.flat(shade(hex, 0.06)), 34),
    ...times(panels).map((at) =>
      rect(
        [left + 16 + (at * (wide - 32)) / panels, 260, (wide - 32) / panels - 6, 200],
        pen.flat(light(hex, 0.1)),
        40,
      ),
    ),
    panels === 1
      ? pillow(left + 76, wide - 152)
      : pillow(left + 44, wide / 2 - 70) + pillow(400 + 26, wide / 2 - 70),
    path(
      `M${left + 10} 470Q400 430 ${left + wide - 10} 470L${left + wide} 560H${left}Z`,
      pen.fade('#fffaf2', shade(linen, 0.05)),
    ),
    path(
      `M${left - 6} 520Q400 476 ${left + wide + 6} 520V596H${left - 6}Z`,
      pen.flat(color(look.color === 'sand' ? 'sage' : 'sand')),
    ),
    line(`M${left + 4} 524Q400 482 ${left + wide - 4} 524`, shade(color('sand'), 0.18), 4),
    rect([left - 10, 580, wide + 20, 40], pen.flat(shade(hex, 0.14)), 14),
  ].join('')
}

const bookcase = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const shelf = (y: number) => rect([262, y, 276, 13], pen.round(light(hex, 0.1)))
  return [
    pen.ground(400, 642, 180),
    rect([262, 132, 276, 500], shade(hex, 0.4)),
    books(278, 246, [color('terracotta'), color('cream'), color('navy'), color('ochre')]),
    moved(
      'translate(470 246)',
      path('M-26 0Q-40 -44 -12 -62V-78H12V-62Q40 -44 26 0Z', pen.round(color('white'))),
    ),
    books(408, 346, [color('teal'), color('blush'), color('rust'), color('sand'), color('forest')]),
    moved(
      'translate(320 346)',
      rect([-36, -12, 76, 12], color('camel'), 2),
      rect([-30, -24, 66, 12], color('cream'), 2),
      oval([2, -38, 15, 15], pen.flat(color('gold'))),
    ),
    moved(
      'translate(336 446)',
      path('M-42 -50H42L34 0H-34Z', pen.round(color('wheat'))),
      ...times(3).map((at) => line(`M-38 ${-40 + at * 14}H38`, shade(color('wheat'), 0.2), 3)),
    ),
    books(430, 446, [color('plum'), color('cream'), color('slate'), color('mustard')]),
    books(278, 546, [
      color('navy'),
      color('sage'),
      color('cream'),
      color('terracotta'),
      color('charcoal'),
      color('sand'),
    ]),
    moved(
      'translate(474 546)',
      path('M-28 -34H28L20 0H-20Z', pen.round(color('terracotta'))),
      ...[-34, -12, 12, 34].map((turn) =>
        moved(`translate(0 -32) rotate(${turn})`, path('M0 0Q-12 -28 0 -54Q12 -28 0 0Z', color('forest'))),
      ),
    ),
    ...[246, 346, 446, 546].map(shelf),
    rect([246, 120, 308, 18], pen.round(light(hex, 0.12)), 4),
    rect([246, 606, 308, 26], pen.round(hex), 4),
    rect([246, 124, 18, 516], pen.round(hex), 4),
    rect([536, 124, 18, 516], pen.round(shade(hex, 0.06)), 4),
  ].join('')
}

const sideboard = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 642, 290),
    ...[170, 630].map((x, at) =>
      path(
        `M${x - 12} 590H${x + 12}L${x + (at ? 10 : -10) + 5} 640H${x + (at ? 10 : -10) - 5}Z`,
        pen.round(color('black')),
      ),
    ),
    rect([130, 350, 540, 246], pen.flat(hex), 10),
    ...times(9).map((at) => {
      const x = 146 + (at % 3) * 172
      const y = 368 + Math.floor(at / 3) * 74
      return (
        rect([x, y, 164, 66], pen.flat(light(hex, at % 2 ? 0.05 : 0.11)), 4) +
        line(
          `M${x + 10} ${y + 18}q40 ${at % 2 ? 8 : -6} 80 0t66 4M${x + 10} ${y + 50}q50 -8 144 0`,
          shade(hex, 0.14),
          2.5,
        ) +
        rect([x + 66, y + 30, 32, 7], color('gold'), 3)
      )
    }),
    rect([120, 336, 560, 22], pen.round(light(hex, 0.12)), 6),
    moved(
      'translate(210 336)',
      path('M-34 0Q-60 -70 -18 -100V-130H18V-100Q60 -70 34 0Z', pen.round(color('cream'))),
      moved(
        'translate(0 -130)',
        sprig(color('sage'), [
          [-38, -70],
          [40, -62],
          [-2, -92],
        ]),
      ),
    ),
    moved(
      'translate(560 336)',
      rect([-60, -130, 110, 130], pen.flat(color('oak')), 4),
      rect([-48, -118, 86, 106], color('ivory')),
      path('M-48 -40L-10 -84L14 -52L38 -72V-12H-48Z', color('terracotta')),
      oval([14, -94, 12, 12], color('ochre')),
    ),
    moved(
      'translate(392 336)',
      rect([-50, -14, 100, 14], color('navy'), 3),
      rect([-44, -28, 92, 14], color('cream'), 3),
      rect([-46, -42, 84, 14], color('rust'), 3),
    ),
  ].join('')
}

/** What takes a wall of the room. */
export const LARGE_FURNITURE: Readonly<Record<string, Shape>> = {
  nightstand: { setting: 'standing', draw: nightstand },
  bed: { setting: 'standing', draw: bed },
  bookcase: { setting: 'standing', draw: bookcase },
  sideboard: { setting: 'standing', draw: sideboard },
}
