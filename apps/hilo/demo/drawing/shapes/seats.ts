import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const legs = (look: Look) => color(look.legs ?? 'walnut')

const leg = (pen: Pen, x: number, { top, lean, hex }: { top: number; lean: number; hex: string }) =>
  path(`M${x - 9} ${top}H${x + 9}L${x + lean + 5} 640H${x + lean - 5}Z`, pen.round(hex))

const sofa = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const wide = look.form === 'two' || look.form === 'two-round' ? 500 : 630
  const soft = look.form === 'two-round' || look.form === 'bolsters'
  const seats = wide === 500 ? 2 : 3
  const left = 400 - wide / 2
  const inner = wide - 112
  const seat = inner / seats
  return [
    pen.ground(400, 642, wide / 2),
    ...[left + 44, left + wide - 44].map((x, at) =>
      leg(pen, x, { top: 590, lean: at ? 10 : -10, hex: legs(look) }),
    ),
    rect([left + 34, 330, wide - 68, 190], pen.flat(shade(hex, 0.1)), soft ? 56 : 26),
    ...times(seats).map((at) =>
      rect([left + 58 + at * seat, 348, seat - 4, 150], pen.flat(light(hex, 0.06)), soft ? 46 : 26),
    ),
    rect([left + 40, 520, wide - 80, 80], shade(hex, 0.2), 12),
    ...times(seats).map((at) =>
      rect([left + 57 + at * seat, 472, seat - 2, 76], pen.fade(light(hex, 0.18), hex), soft ? 34 : 20),
    ),
    rect([left, soft ? 412 : 400, 74, 196], pen.round(hex), soft ? 37 : 22),
    rect([left + wide - 74, soft ? 412 : 400, 74, 196], pen.round(shade(hex, 0.05)), soft ? 37 : 22),
    soft
      ? oval([left + 37, 449, 25, 25], shade(hex, 0.12)) +
        oval([left + wide - 37, 449, 25, 25], shade(hex, 0.14))
      : '',
    look.form === 'bolsters'
      ? [left + 96, left + wide - 96]
          .map(
            (x) => oval([x, 456, 30, 30], pen.flat(light(hex, 0.22))) + oval([x, 456, 9, 9], color('gold')),
          )
          .join('')
      : '',
    look.form === 'bolsters'
      ? ''
      : moved(
          `translate(${left + 130} 436) rotate(-9)`,
          rect([-52, -48, 104, 96], pen.flat(color(look.color === 'ivory' ? 'terracotta' : 'cream')), 22),
        ),
  ].join('')
}

const armchair = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const x = look.form === 'ottoman' ? -80 : 0
  const back = 'M262 300Q262 232 330 228H470Q538 232 538 300V500H262Z'
  const ribs =
    look.form === 'ribs'
      ? times(13)
          .map((at) => line(`M${282 + at * 20} 220V500`, shade(hex, 0.12), 4))
          .join('')
      : ''
  return [
    pen.ground(look.form === 'ottoman' ? 420 : 400, 642, look.form === 'ottoman' ? 290 : 190),
    moved(
      `translate(${x} 0)`,
      ...[262, 538].map((at, index) => leg(pen, at, { top: 586, lean: index ? 12 : -12, hex: legs(look) })),
      path(back, pen.flat(shade(hex, 0.06))),
      pen.inside(back, ribs, path('M262 440H538V510H262Z', shade(hex, 0.2), ' opacity=".4"')),
      look.form
        ? ''
        : times(3)
            .map((at) => line(`M${330 + at * 70} 236V470`, shade(hex, 0.13), 5))
            .join(''),
      rect([250, 520, 300, 76], shade(hex, 0.18), 18),
      rect([266, 458, 268, 84], pen.fade(light(hex, 0.2), hex), 30),
      path('M204 440Q204 396 244 396T286 440V580Q286 602 264 602H226Q204 602 204 580Z', pen.round(hex)),
      path(
        'M514 440Q514 396 556 396T596 440V580Q596 602 574 602H536Q514 602 514 580Z',
        pen.round(shade(hex, 0.05)),
      ),
    ),
    look.form === 'ottoman'
      ? [578, 690]
          .map((at) => leg(pen, at, { top: 600, lean: at > 600 ? 6 : -6, hex: legs(look) }))
          .join('') +
        rect([548, 520, 172, 94], pen.flat(shade(hex, 0.06)), 24) +
        rect([548, 512, 172, 48], pen.fade(light(hex, 0.2), hex), 22)
      : '',
  ].join('')
}

const lounge = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const brass = color(look.accent ?? 'gold')
  return [
    pen.ground(400, 642, 200),
    line('M300 560L262 640M500 560L538 640M360 566L346 640M440 566L454 640', brass, 9),
    path(
      'M196 420C188 280 290 196 400 196S612 280 604 420C604 520 560 560 520 560H280C240 560 196 520 196 420Z',
      pen.round(hex),
    ),
    path(
      'M250 430C246 320 320 252 400 252S554 320 550 430C548 470 520 480 500 480H300C280 480 252 470 250 430Z',
      pen.flat(shade(hex, 0.14)),
    ),
    ...times(5).map((at) =>
      line(`M${316 + at * 42} ${282 - (2 - Math.abs(2 - at)) * 14}V470`, shade(hex, 0.24), 4),
    ),
    path('M244 474Q400 436 556 474Q572 540 520 552H280Q228 540 244 474Z', pen.fade(light(hex, 0.34), hex)),
    moved('translate(436 414) rotate(10)', rect([-62, -46, 124, 92], pen.flat(light(hex, 0.3)), 30)),
  ].join('')
}

const rattan = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const cloth = color(look.accent ?? 'ivory')
  const shell = 'M210 400C206 250 290 180 400 180S594 250 590 400L560 520H240Z'
  return [
    pen.ground(400, 642, 200),
    line('M262 540L238 640M538 540L562 640M330 550L322 640M470 550L478 640', shade(hex, 0.3), 13),
    line('M240 600Q400 570 560 600', shade(hex, 0.25), 9),
    path(shell, pen.flat(shade(hex, 0.16))),
    pen.inside(
      shell,
      ...times(17).map((at) =>
        line(
          `M${150 + at * 30} 160L${250 + at * 30} 540M${250 + at * 30} 160L${150 + at * 30} 540`,
          light(hex, 0.25),
          5,
        ),
      ),
    ),
    line('M214 404C208 252 290 184 400 184S592 252 586 404', pen.round(hex), 22),
    path('M276 410C276 300 330 262 400 262S524 300 524 410V470H276Z', pen.flat(cloth)),
    line('M210 404Q180 420 190 470L240 530M590 404Q620 420 610 470L560 530', shade(hex, 0.08), 20),
    path(
      'M238 470Q400 440 562 470Q580 526 540 532H260Q220 526 238 470Z',
      pen.fade(light(cloth, 0.4), shade(cloth, 0.08)),
    ),
    rect([232, 524, 336, 26], pen.round(hex), 12),
  ].join('')
}

const diningChair = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const wood = legs(look)
  return [
    pen.ground(400, 642, 140),
    line('M318 480L308 640M482 480L492 640', shade(wood, 0.22), 15),
    path('M302 190H322L318 470H300Z', pen.round(wood)),
    path('M478 190H498L500 470H482Z', pen.round(wood)),
    path('M296 196Q400 176 504 196L500 320Q400 300 300 320Z', pen.flat(hex)),
    line('M316 214Q400 198 484 214', light(hex, 0.35), 4),
    path('M284 448H516L540 500H260Z', pen.fade(light(hex, 0.22), hex)),
    rect([258, 494, 284, 26], pen.round(shade(hex, 0.12)), 12),
    rect([270, 516, 260, 18], pen.round(wood), 4),
    path('M268 530H292L282 640H262Z', pen.round(wood)),
    path('M508 530H532L538 640H518Z', pen.round(wood)),
  ].join('')
}

const stool = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 642, 140),
    line('M356 250L332 636M444 250L468 636', shade(hex, 0.3), 15),
    path('M304 250H328L290 640H268Z', pen.round(hex)),
    path('M472 250H496L532 640H510Z', pen.round(shade(hex, 0.05))),
    rect([290, 510, 220, 16], pen.round(shade(hex, 0.1)), 8),
    rect([318, 426, 164, 12], shade(hex, 0.28), 6),
    path('M268 206Q400 246 532 206Q548 244 528 262H272Q252 244 268 206Z', pen.flat(hex)),
    path('M268 206Q400 246 532 206Q400 222 268 206Z', light(hex, 0.3)),
  ].join('')
}

/** What people sit on. */
export const SEATS: Readonly<Record<string, Shape>> = {
  sofa: { setting: 'standing', draw: sofa },
  armchair: { setting: 'standing', draw: armchair },
  'lounge-chair': { setting: 'standing', draw: lounge },
  'rattan-chair': { setting: 'standing', draw: rattan },
  'dining-chair': { setting: 'standing', draw: diningChair },
  stool: { setting: 'standing', draw: stool },
}
