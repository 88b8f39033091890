import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const accent = (look: Look) => color(look.accent ?? 'cream')

const roundRug = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const ink = accent(look)
  const spiral = look.form === 'spiral'
  return [
    faint(0.18, oval([410, 420, 284, 284], '#3a2415')),
    ...(spiral
      ? []
      : times(60).map((at) =>
          line(
            `M400 400L${(400 + 296 * Math.cos(at * 0.1047)).toFixed(1)} ${(400 + 296 * Math.sin(at * 0.1047)).toFixed(1)}`,
            shade(hex, 0.06),
            7,
          ),
        )),
    oval([400, 400, 282, 282], pen.flat(hex)),
    ...times(9).map(
      (at) =>
        `<circle cx="400" cy="400" r="${272 - at * 30}" fill="none" stroke="${spiral ? (at % 3 === 0 ? ink : shade(hex, 0.12)) : at % 4 === 1 ? ink : shade(hex, 0.05)}" stroke-width="${spiral ? 12 : 9}" stroke-dasharray="${spiral ? '15 6' : '4 7'}"/>`,
    ),
    spiral ? oval([400, 400, 20, 20], ink) : oval([400, 400, 40, 40], shade(hex, 0.04)),
  ].join('')
}

const rug = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const pale = '#f2e7d5'
  const tile = (at: number) => {
    const x = 206 + (at % 4) * 98
    const y = 168 + Math.floor(at / 4) * 92
    return [46, 32, 18]
      .map((reach, ringAt) =>
        path(
          `M${x + 47 - reach} ${y + 84}V${y + 50}A${reach} ${reach} 0 0 1 ${x + 47 + reach} ${y + 50}V${y + 84}Z`,
          ringAt % 2 ? pale : at % 3 === 1 ? color('ochre') : hex,
        ),
      )
      .join('')
  }
  const arches = look.motif === 'arches'
  return moved(
    'rotate(-6 400 400)',
    faint(0.18, rect([188, 140, 440, 560], '#3a2415', 4)),
    ...times(28).map((at) =>
      line(`M${194 + at * 15.2} 128V104M${194 + at * 15.2} 672V696`, arches ? pale : shade(hex, 0.06), 5),
    ),
    rect([184, 122, 432, 556], pen.flat(arches ? pale : hex), 4),
    arches ? times(20).map(tile).join('') + [140, 646].map((y) => rect([198, y, 404, 10], hex)).join('') : '',
    arches
      ? ''
      : times(26)
          .map((at) =>
            line(
              `M192 ${134 + at * 21}q102 ${((at * 7) % 11) - 5} 208 0t208 0`,
              at % 2 ? shade(hex, 0.08) : light(hex, 0.2),
              6,
            ),
          )
          .join(''),
    arches ? '' : rect([210, 148, 380, 504], '#ffffff1c', 4),
  )
}

/** What lies on the floor. */
export const RUGS: Readonly<Record<string, Shape>> = {
  'round-rug': { setting: 'lying', draw: roundRug },
  rug: { setting: 'lying', draw: rug },
}
