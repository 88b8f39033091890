import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const accent = (look: Look) => color(look.accent ?? 'gold')
const legs = (look: Look) => color(look.legs ?? 'walnut')

const sprig = (ink: string, leaves: readonly (readonly [number, number])[]) =>
  leaves
    .map(
      ([x, y]) =>
        line(`M0 0Q${x * 0.1} ${y * 0.6} ${x} ${y + 14}`, color('olive'), 4) + oval([x, y, 13, 18], ink),
    )
    .join('')

const coffeeTable = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const gold = accent(look)
  const top = 'M144 438A256 46 0 1 1 656 438A256 46 0 1 1 144 438Z'
  return [
    pen.ground(400, 642, 190),
    path('M262 470H538L516 640H284Z', pen.round(shade(gold, 0.12))),
    ...times(11).map((at) =>
      path(`M${270 + at * 24.4} 470h13l${(5 - at) * 1.6} 170h-11Z`, light(gold, 0.32), ' opacity=".75"'),
    ),
    rect([276, 622, 248, 18], pen.round(shade(gold, 0.2)), 4),
    oval([400, 456, 256, 46], gold),
    oval([400, 448, 256, 46], shade(hex, 0.3)),
    path(top, pen.flat(hex)),
    pen.inside(
      top,
      line(
        'M150 446Q240 398 330 436T470 412M330 436Q352 470 436 478M470 412Q560 430 640 416M560 426Q580 456 550 476',
        '#ffffff70',
        3,
      ),
    ),
    moved(
      'translate(300 432)',
      rect([-66, -15, 124, 15], color('terracotta'), 3),
      rect([-58, -29, 110, 14], color('cream'), 3),
    ),
    moved(
      'translate(500 434)',
      moved(
        'translate(0 -92)',
        sprig(color('sage'), [
          [-32, -84],
          [34, -92],
          [0, -120],
        ]),
      ),
      path('M-28 -6Q-38 -56 -12 -74V-94H12V-74Q38 -56 28 -6Q0 4 -28 -6Z', pen.round(color('white'))),
    ),
  ].join('')
}

const twoTier = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const slab = (x: number, y: number, reach: number) =>
    oval([x, y + 14, reach, 34], shade(hex, 0.22)) + oval([x, y, reach, 34], pen.flat(hex))
  return [
    pen.ground(400, 642, 260),
    line('M330 470V636M190 470V630M470 470V630M330 636L190 626M330 636L470 626', accent(look), 9),
    line('M560 540V634M450 540V628M650 540V626', accent(look), 9),
    slab(540, 530, 130),
    moved(
      'translate(560 524)',
      rect([-56, -14, 100, 14], color('navy'), 3),
      rect([-48, -27, 92, 13], color('blush'), 3),
    ),
    slab(330, 458, 170),
    moved(
      'translate(310 452)',
      path('M-36 -50H36C36 -18 22 0 0 0S-36 -18 -36 -50Z', pen.round(color('terracotta'))),
      oval([0, -50, 36, 8], '#6b4128'),
    ),
  ].join('')
}

const sideTable = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const wood = legs(look)
  return [
    pen.ground(400, 642, 170),
    line('M340 380L316 634M460 380L484 634', shade(wood, 0.3), 13),
    path('M292 376H314L252 640H238Z', pen.round(wood)),
    path('M486 376H508L562 640H548Z', pen.round(wood)),
    oval([400, 386, 190, 38], shade(hex, 0.24)),
    oval([400, 368, 190, 38], pen.flat(hex)),
    moved(
      'translate(344 362)',
      path(
        'M-34 -4Q-44 -70 -14 -92V-112H14V-92Q44 -70 34 -4Z',
        pen.round(color(look.color === 'ochre' ? 'teal' : 'terracotta')),
      ),
      moved(
        'translate(0 -112)',
        sprig(color('sage'), [
          [-42, -84],
          [38, -96],
          [0, -116],
          [-20, -48],
        ]),
      ),
    ),
    moved(
      'translate(476 366)',
      rect([-54, -13, 100, 13], color('cream'), 3),
      rect([-46, -26, 90, 13], color('slate'), 3),
    ),
  ].join('')
}

/** What things are put on. */
export const TABLES: Readonly<Record<string, Shape>> = {
  'coffee-table': { setting: 'standing', draw: coffeeTable },
  'two-tier-table': { setting: 'standing', draw: twoTier },
  'side-table': { setting: 'standing', draw: sideTable },
}
