import type { Look, Shape } from '../look.ts'
import { color, light, mix, shade } from '../palette.ts'
import { faint, oval, path, type Pen, rect, times } from '../pen.ts'

/** Pictures for a canvas 400 wide and 500 high. */
const CANVASES: Readonly<Record<string, (pen: Pen, hex: string) => string>> = {
  cubist: (pen, hex) =>
    [
      rect([200, 150, 400, 500], light(hex, 0.45)),
      oval([496, 262, 52, 52], color('ochre')),
      path('M200 380L300 250L392 360L470 280L600 420V650H200Z', shade(hex, 0.25)),
      path('M300 250L392 360L330 420L252 312Z', light(hex, 0.15)),
      path('M200 430L330 380L420 470L600 400V650H200Z', color('olive')),
      path('M200 520L320 440L440 560L200 650Z', color('mustard')),
      path('M420 470L600 440V560L480 600Z', color('sage')),
      path('M330 500L400 446L470 500V560H330Z', color('cream')),
      path('M320 502L400 436L480 502Z', color('terracotta')),
      path('M200 620Q330 560 420 610T600 580V650H200Z', pen.fade(hex, shade(hex, 0.3))),
    ].join(''),
  shapes: (pen, hex) =>
    [
      rect([200, 150, 400, 500], '#faf1e6'),
      path('M250 300C240 210 360 180 420 240S470 380 380 400S260 390 250 300Z', pen.flat(hex)),
      path('M420 420C500 380 570 440 560 510S470 600 420 560S360 450 420 420Z', pen.flat(color('rust'))),
      path('M250 480C290 440 350 480 344 530S270 590 246 560S224 506 250 480Z', pen.flat(color('mustard'))),
    ].join(''),
  dusk: (pen, hex) =>
    [
      rect([200, 150, 400, 500], pen.fade('#f2c6a0', light(hex, 0.35))),
      oval([330, 300, 46, 46], '#f9e2bd'),
      ...times(5).map((at) => {
        const y = 350 + at * 56
        const bend = at % 2 ? -50 : 40
        return path(
          `M200 ${y}Q300 ${y - 60 + bend} 400 ${y}T600 ${y - 20}V650H200Z`,
          mix('#c99aa6', shade(hex, 0.45), at / 4),
        )
      }),
    ].join(''),
}

const painting = (pen: Pen, look: Look): string => {
  const frame = color(look.accent ?? 'oak')
  const draw = CANVASES[look.motif ?? '']
  if (!draw) throw new RangeError(`No canvas shows ${look.motif}`)
  const inner = draw(pen, color(look.color))
  const whole = [
    faint(0.22, rect([186, 142, 456, 556], '#3a2415')),
    rect([172, 122, 456, 556], pen.flat(frame), 4),
    rect([190, 140, 420, 520], shade(frame, 0.3)),
    rect([192, 142, 416, 516], '#fdf9f1'),
    pen.inside('M200 150H600V650H200Z', inner),
  ]
  return look.form === 'square'
    ? `<g transform="translate(0 60) scale(1 .85)">${whole.join('')}</g>`
    : whole.join('')
}

/** What hangs on a wall to be looked at. */
export const ART: Readonly<Record<string, Shape>> = { painting: { setting: 'hanging', draw: painting } }
