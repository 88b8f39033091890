import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

/** The grain of wood: lines that wander a little, the same each time. */
const grain = (
  ink: string,
  lines: number,
  [x, y, width, height]: readonly [number, number, number, number],
) =>
  times(lines)
    .map((at) => {
      const level = y + ((at + 0.5) * height) / lines
      const bend = ((at * 29) % 17) - 8
      return line(`M${x} ${level}q${width / 4} ${bend} ${width / 2} 0t${width / 2} ${-bend / 2}`, ink, 2.5)
    })
    .join('')

const roundTray = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const disc = 'M150 400A250 250 0 1 1 650 400A250 250 0 1 1 150 400Z'
  return [
    faint(0.22, oval([418, 430, 252, 248], '#3a2415')),
    path(disc, pen.flat(hex)),
    oval([400, 400, 222, 222], pen.flat(shade(hex, 0.1))),
    pen.inside(
      'M184 400A216 216 0 1 1 616 400A216 216 0 1 1 184 400Z',
      rect([180, 180, 440, 440], pen.flat(light(hex, 0.12))),
      grain(shade(hex, 0.1), 15, [184, 184, 432, 432]),
    ),
    rect([166, 356, 16, 88], shade(hex, 0.5), 8),
    rect([618, 356, 16, 88], shade(hex, 0.5), 8),
    moved(
      'translate(400 400)',
      oval([-60, -30, 74, 74], '#faf7f2'),
      oval([-60, -30, 48, 48], '#6b4128'),
      oval([84, 66, 54, 54], pen.flat(color('terracotta'))),
      oval([84, 66, 40, 40], shade(color('terracotta'), 0.25)),
    ),
  ].join('')
}

const slateTray = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const edge =
    'M142 300L196 286L300 292L420 284L540 294L662 288L656 400L664 512L560 506L430 514L300 508L150 514L146 410Z'
  return [
    faint(0.25, moved('translate(12 22)', path(edge, '#3a2415'))),
    path(edge, pen.flat(shade(hex, 0.3))),
    pen.inside(
      edge,
      ...times(7).map((at) => line(`M130 ${320 + at * 30}q140 -14 280 0t280 -6`, light(hex, 0.05), 2)),
    ),
    moved(
      'translate(270 400)',
      path('M-70 50L-54 -56L76 14Z', '#f0d489'),
      path('M-70 50L76 14V40L-66 74Z', '#e2bd62'),
      oval([-20, 16, 9, 7], '#dfb75d'),
      oval([18, 22, 6, 5], '#dfb75d'),
    ),
    ...[0, 1, 2, 3, 4].map((at) =>
      oval(
        [448 + (at % 3) * 46, 368 + Math.floor(at / 3) * 44 + (at % 2) * 6, 24, 24],
        pen.flat(at % 2 ? color('plum') : '#8b5f7c'),
      ),
    ),
    line('M448 346Q480 316 520 318', color('olive'), 6),
  ].join('')
}

const board = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const wood =
    'M180 320H532Q560 320 580 350Q596 374 622 374A46 46 0 1 1 622 446Q596 448 580 470Q560 500 532 500H180Q150 500 150 470V350Q150 320 180 320Z'
  return moved(
    'rotate(-18 400 410)',
    faint(0.25, moved('translate(8 26)', path(wood, '#3a2415'))),
    path(wood, pen.flat(hex)),
    pen.inside(wood, grain(shade(hex, 0.16), 9, [150, 322, 520, 176])),
    oval([632, 410, 14, 14], '#efe4d2'),
    line('M632 410C680 400 700 440 676 462C660 474 640 452 634 420', '#8a5a38', 5),
    ...times(4).map((at) =>
      moved(
        `translate(${232 + at * 74} 410) rotate(8)`,
        rect([-30, -62, 56, 124], '#c98b4e', 26),
        rect([-24, -56, 44, 112], '#f3dfba', 20),
        oval([-6, -14, 5, 4], '#e0c592'),
        oval([6, 18, 5, 4], '#e0c592'),
      ),
    ),
  )
}

const corkscrew = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const steel = color('steel')
  return moved(
    'rotate(-32 400 400)',
    faint(0.22, rect([244, 376, 340, 70], '#3a2415', 34)),
    line(
      `M330 400V430${times(6)
        .map((at) => `q${at % 2 ? -28 : 28} 10 0 22`)
        .join('')}l-4 22`,
      shade(steel, 0.22),
      10,
    ),
    line('M556 396C600 420 612 470 590 520L604 560', steel, 22),
    path('M560 340Q620 330 640 370L606 410H548Z', pen.flat(steel)),
    path('M190 350Q220 326 262 340H560V414H262Q214 424 190 400Q176 374 190 350Z', pen.flat(hex)),
    line('M216 362Q330 352 540 364M216 388Q340 396 540 386', shade(hex, 0.14), 3),
    ...[250, 330, 530].map((x) => oval([x, 377, 9, 9], steel)),
  )
}

const coasters = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const square = look.form === 'square'
  const piece = (x: number, y: number, turn: number) =>
    moved(
      `translate(${x} ${y}) rotate(${turn})`,
      faint(0.24, square ? rect([-124, -116, 250, 250], '#3a2415', 26) : oval([10, 16, 132, 132], '#3a2415')),
      square ? rect([-128, -128, 250, 250], pen.flat(hex), 26) : oval([0, 0, 132, 132], pen.flat(hex)),
      square
        ? times(5)
            .map((at) => line(`M-110 ${-84 + at * 42}H104`, shade(hex, 0.12), 3))
            .join('')
        : `<circle r="118" fill="none" stroke="${light(hex, 0.4)}" stroke-width="3.5" stroke-dasharray="10 7"/>`,
    )
  return (
    piece(270, 300, -8) +
    piece(520, 330, 12) +
    piece(300, 540, 6) +
    piece(530, 560, -14) +
    oval([530, 560, 74, 74], '#faf7f2') +
    oval([530, 560, 56, 56], '#6b4128')
  )
}

/** What is carried to the table. */
export const SERVING: Readonly<Record<string, Shape>> = {
  'round-tray': { setting: 'lying', draw: roundTray },
  'slate-tray': { setting: 'lying', draw: slateTray },
  board: { setting: 'lying', draw: board },
  corkscrew: { setting: 'lying', draw: corkscrew },
  coasters: { setting: 'lying', draw: coasters },
}
