import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, ring, times } from '../pen.ts'

const accent = (look: Look) => color(look.accent ?? 'cream')

const vase = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return (
    pen.ground(400, 640, 150) +
    moved(
      'translate(64 102) scale(.84)',
      line('M396 300C390 200 330 180 300 120M400 300C404 190 440 170 470 104M402 300V130', color('olive'), 6),
      ...[
        [300, 116, -30],
        [330, 172, -50],
        [474, 98, 24],
        [446, 160, 44],
        [402, 120, 0],
        [390, 190, -20],
        [418, 214, 26],
      ].map(([x = 0, y = 0, turn = 0]) =>
        moved(
          `translate(${x} ${y}) rotate(${turn})`,
          path('M0 26Q-24 0 0 -32Q24 0 0 26Z', pen.flat(color('sage'))),
        ),
      ),
      path(
        'M362 290H438Q426 340 448 372C550 410 566 500 530 580Q504 640 450 640H350Q296 640 270 580C234 500 250 410 352 372Q374 340 362 290Z',
        pen.round(hex),
      ),
      oval([400, 290, 38, 8], shade(hex, 0.35)),
      path('M262 470Q400 500 538 470L542 500Q400 532 258 500Z', light(hex, 0.22), ' opacity=".7"'),
    )
  )
}

const weave = (hex: string, [x, y, width, height]: readonly [number, number, number, number]) =>
  times(Math.floor(height / 22))
    .map((row) =>
      times(Math.ceil(width / 34))
        .map((at) =>
          rect(
            [x + at * 34 + (row % 2) * 17 - 17, y + row * 22, 30, 17],
            row % 2 ? shade(hex, 0.07) : light(hex, 0.14),
            8,
          ),
        )
        .join(''),
    )
    .join('')

const basket = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const body = 'M224 340H576L552 616Q548 640 520 640H280Q252 640 248 616Z'
  return [
    pen.ground(400, 640, 190),
    path('M262 350Q290 286 352 300Q420 262 470 300Q530 292 540 350Z', pen.flat(accent(look))),
    line('M300 330Q340 300 380 326M430 322Q470 300 510 330', shade(accent(look), 0.16), 4),
    path(body, pen.round(shade(hex, 0.18))),
    pen.inside(
      body,
      weave(hex, [224, 346, 360, 300]),
      path('M470 340H580V640H470Z', shade(hex, 0.3), ' opacity=".22"'),
    ),
    rect([212, 326, 376, 30], pen.round(shade(hex, 0.06)), 15),
    line('M262 340C250 420 330 420 322 342M478 340C470 420 550 420 538 342', shade(hex, 0.3), 13),
  ].join('')
}

const planter = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const body = 'M286 440H514L494 618Q490 640 466 640H334Q310 640 306 618Z'
  return [
    pen.ground(400, 640, 130),
    ...[-62, -38, -16, 8, 30, 54].map((turn, at) =>
      moved(
        `translate(400 440) rotate(${turn})`,
        path(
          `M0 0Q-46 -${150 + (at % 3) * 26} 0 -${268 + (at % 2) * 36}Q46 -${150 + (at % 3) * 26} 0 0Z`,
          pen.flat(at % 2 ? color('forest') : '#5f7a5a'),
        ),
        line(`M0 0V-${240 + (at % 2) * 30}`, '#ffffff38', 3),
      ),
    ),
    path(body, pen.round(shade(hex, 0.14))),
    pen.inside(
      body,
      weave(hex, [286, 444, 236, 200]),
      rect([280, 530, 240, 40], accent(look)),
      path('M450 440H520V640H450Z', shade(hex, 0.3), ' opacity=".22"'),
    ),
    rect([276, 426, 248, 26], pen.round(shade(hex, 0.04)), 13),
  ].join('')
}

const mirror = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    line('M400 92L262 250M400 92L538 250', color('camel'), 11),
    oval([400, 90, 15, 15], pen.round(color('gold'))),
    faint(0.2, oval([416, 442, 236, 236], '#3a2415')),
    oval([400, 420, 236, 236], pen.flat(hex)),
    oval([400, 420, 214, 214], pen.fade('#e3edf0', '#c3d4da')),
    pen.inside(
      'M186 420A214 214 0 1 1 614 420A214 214 0 1 1 186 420Z',
      path('M240 640L470 180H540L310 660ZM360 660L570 240H590L390 660Z', '#ffffff70'),
    ),
    ring([400, 420, 214, 214], shade(hex, 0.2), 4),
  ].join('')
}

const clock = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const dark = look.color === 'black'
  const ink = dark ? '#f1e6d3' : shade(hex, 0.6)
  return [
    faint(0.2, oval([418, 430, 252, 252], '#3a2415')),
    oval([400, 400, 252, 252], pen.flat(shade(hex, 0.1))),
    oval([400, 400, 234, 234], pen.flat(light(hex, dark ? 0.04 : 0.12))),
    ...times(12).map((at) =>
      oval(
        [
          400 + 192 * Math.sin(at * 0.5236),
          400 - 192 * Math.cos(at * 0.5236),
          at % 3 ? 8 : 13,
          at % 3 ? 8 : 13,
        ],
        ink,
      ),
    ),
    line('M400 400L312 318', ink, 17),
    line('M400 400L498 274', ink, 11),
    line('M400 430L400 560', color('gold'), 4),
    oval([400, 400, 19, 19], color('gold')),
  ].join('')
}

/** What makes a room somebody’s. */
export const DECOR: Readonly<Record<string, Shape>> = {
  vase: { setting: 'standing', draw: vase },
  basket: { setting: 'standing', draw: basket },
  planter: { setting: 'standing', draw: planter },
  mirror: { setting: 'hanging', draw: mirror },
  clock: { setting: 'hanging', draw: clock },
}
