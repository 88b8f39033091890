import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const accent = (look: Look) => color(look.accent ?? 'cream')

const casserole = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 240),
    ...[-1, 1].map((side) =>
      moved(
        `translate(400 470) scale(${side} 1)`,
        path(
          'M230 -24Q316 -40 312 10Q308 50 222 40V16Q276 22 278 2Q278 -12 232 -2Z',
          pen.flat(shade(hex, 0.06)),
        ),
      ),
    ),
    path('M150 430H650C648 560 590 640 500 640H300C210 640 152 560 150 430Z', pen.round(hex)),
    path('M150 430H650Q650 456 646 480Q400 540 154 480Q150 456 150 430Z', pen.round(shade(hex, 0.22))),
    oval([400, 430, 250, 58], shade(hex, 0.3)),
    oval([400, 434, 232, 48], '#e0b04a'),
    ...times(22).map((at) =>
      oval(
        [
          400 + 200 * Math.cos(at * 2.4) * Math.sqrt((at + 1) / 23),
          434 + 38 * Math.sin(at * 2.4) * Math.sqrt((at + 1) / 23),
          9,
          4.5,
        ],
        at % 4 === 0 ? '#8f9a52' : at % 4 === 1 ? '#c4532f' : '#f3d27f',
      ),
    ),
  ].join('')
}

const pan = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return moved(
    'rotate(-38 400 400)',
    faint(
      0.26,
      moved(
        'translate(2 34)',
        oval([330, 400, 196, 196], '#3a2415'),
        rect([500, 372, 270, 56], '#3a2415', 26),
      ),
    ),
    path('M512 372H700Q748 372 748 400T700 428H512Z', pen.flat(hex)),
    rect([560, 376, 180, 48], pen.flat(accent(look)), 22),
    oval([716, 400, 10, 10], '#e9decd'),
    path('M300 206L330 188L360 206ZM300 594L330 612L360 594Z', hex),
    oval([330, 400, 198, 198], pen.flat(hex)),
    oval([330, 400, 172, 172], pen.flat(shade(hex, 0.35))),
    oval([330, 400, 160, 160], pen.flat(light(hex, 0.06))),
    moved(
      'translate(322 404) rotate(38)',
      path('M-92 0C-96 -70 -20 -88 24 -70C90 -60 108 10 68 52C30 92 -50 84 -92 0Z', '#fbf6ea'),
      oval([4, -2, 40, 38], '#e9a53a'),
      oval([-8, -14, 12, 9], '#f7cf7c'),
    ),
  )
}

const stockPot = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 190),
    ...[-1, 1].map((side) =>
      moved(
        `translate(400 430) scale(${side} 1)`,
        line('M186 0H236Q246 0 246 12V34Q246 46 236 46H186', shade(hex, 0.18), 18),
      ),
    ),
    path('M214 356H586V590Q586 640 536 640H264Q214 640 214 590Z', pen.round(hex)),
    path('M214 570H586V590Q586 640 536 640H264Q214 640 214 590Z', shade(hex, 0.14), ' opacity=".55"'),
    path('M214 344C230 280 320 262 400 262S570 280 586 344Z', pen.round(light(hex, 0.08))),
    rect([202, 338, 396, 24], pen.round(shade(hex, 0.3)), 12),
    rect([372, 236, 56, 18], pen.round(color('walnut')), 9),
    rect([390, 250, 20, 16], shade(hex, 0.3)),
    line('M250 400V560', '#ffffff80', 12),
  ].join('')
}

/** What stands on the fire. */
export const COOKWARE: Readonly<Record<string, Shape>> = {
  casserole: { setting: 'standing', draw: casserole },
  pan: { setting: 'lying', draw: pan },
  'stock-pot': { setting: 'standing', draw: stockPot },
}
