import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, ring, times } from '../pen.ts'

/** The side of a folded stack: as many layers as wanted, rounded where the cloth turns. */
const folds = (
  pen: Pen,
  hex: string,
  { x, y, width, layers, thick }: { x: number; y: number; width: number; layers: number; thick: number },
) =>
  times(layers)
    .map((at) => {
      const top = y - (at + 1) * thick
      return (
        rect(
          [x + (at % 2) * 4, top, width - (at % 2) * 8, thick + 2],
          pen.round(at % 2 ? shade(hex, 0.04) : hex),
          thick / 2,
        ) + line(`M${x + 22} ${top + thick}H${x + width - 30}`, shade(hex, 0.16), 2.5)
      )
    })
    .join('')

const cushion = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const ink = look.accent ? color(look.accent) : shade(hex, 0.2)
  const form = 'M160 210Q400 240 640 210Q610 425 640 640Q400 612 160 640Q190 425 160 210Z'
  const motifs: Readonly<Record<string, () => string>> = {
    plain: () =>
      line('M172 222Q400 250 628 222Q600 425 628 628Q400 602 172 628Q200 425 172 222Z', shade(hex, 0.14), 8),
    stripes: () =>
      [226, 262, 300, 470, 508, 546].map((x, at) => rect([x, 190, at % 3 === 1 ? 22 : 8, 480], ink)).join(''),
    fans: () =>
      times(30)
        .map((at) => {
          const x = 170 + (at % 5) * 104 + (Math.floor(at / 5) % 2) * 52
          const y = 640 - Math.floor(at / 5) * 74
          return [48, 33, 18]
            .map(
              (reach) =>
                `<path d="M${x - reach} ${y}A${reach} ${reach} 0 0 1 ${x + reach} ${y}" fill="none" stroke="${ink}" stroke-width="4"/>`,
            )
            .join('')
        })
        .join(''),
  }
  const draw = motifs[look.motif ?? 'plain']
  if (!draw) throw new RangeError(`No cushion is woven with ${look.motif}`)
  const cover = [
    pen.inside(
      form,
      path(form, pen.flat(hex)),
      draw(),
      path('M160 640Q400 560 640 640V700H160Z', shade(hex, 0.22), ' opacity=".35"'),
    ),
    line('M196 246Q300 300 330 300M604 246Q500 300 474 300', shade(hex, 0.1), 7),
  ]
  return (
    pen.ground(400, 634, 250) +
    (look.form === 'long'
      ? moved('translate(-40 213) scale(1.1 .67)', ...cover)
      : moved('translate(36 58) scale(.91)', ...cover))
  )
}

const sheetStack = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 250),
    folds(pen, hex, { x: 180, y: 640, width: 440, layers: 4, thick: 40 }),
    folds(pen, light(hex, 0.3), { x: 200, y: 478, width: 400, layers: 3, thick: 36 }),
    rect([364, 366, 60, 274], pen.round(color('sand'))),
    path('M394 452C340 400 320 436 394 462C468 436 448 400 394 452Z', pen.flat(color('terracotta'))),
    line('M394 456L366 512M394 456L424 508', color('terracotta'), 8),
  ].join('')
}

const duvet = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const puff = (y: number, { x, width, tone }: { x: number; width: number; tone: string }) =>
    rect([x, y, width, 92], pen.round(tone), 44) +
    rect([x + 26, y + 4, width - 90, 22], light(tone, 0.3), 11) +
    line(`M${x + 60} ${y + 78}q60 -16 130 -4M${x + width - 210} ${y + 72}q60 12 130 -2`, shade(tone, 0.13), 4)
  return [
    pen.ground(400, 640, 260),
    puff(548, { x: 150, width: 500, tone: shade(hex, 0.06) }),
    puff(462, { x: 142, width: 508, tone: hex }),
    puff(376, { x: 156, width: 488, tone: light(hex, 0.14) }),
    ...times(4).map(
      (at) =>
        oval([240 + at * 104, 508, 10, 10], '#fbf6ec') + oval([240 + at * 104, 508, 3, 3], shade(hex, 0.3)),
    ),
    path(
      'M206 372Q190 300 232 290Q400 268 560 288Q606 298 592 368Q596 392 560 388Q400 374 240 390Q200 394 206 372Z',
      pen.flat(light(hex, 0.42)),
    ),
    line('M222 300Q252 330 286 334M578 300Q552 328 520 334', shade(hex, 0.08), 5),
  ].join('')
}

const towels = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const stack = folds(pen, hex, { x: 220, y: 640, width: 360, layers: 6, thick: 48 })
  return [
    pen.ground(400, 640, 200),
    stack,
    ...times(6).map((row) =>
      faint(
        0.5,
        ...times(21).map((at) =>
          rect(
            [242 + at * 15.4, 640 - (row + 1) * 48 + 14, 9, 22],
            row % 2 ? shade(hex, 0.1) : shade(hex, 0.07),
            2,
          ),
        ),
      ),
    ),
    moved(
      'translate(400 352)',
      path('M-140 0Q-140 -70 -80 -74H86Q140 -70 140 0Z', pen.round(light(hex, 0.18))),
      oval([-88, -36, 36, 38], pen.flat(light(hex, 0.3))),
      ring([-88, -36, 24, 26], shade(hex, 0.14), 4),
      ring([-88, -36, 11, 12], shade(hex, 0.14), 4),
    ),
  ].join('')
}

const throwBlanket = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const drape = 'M190 250Q300 228 420 250T612 244Q630 420 604 600Q500 586 420 604T196 596Q172 420 190 250Z'
  return [
    faint(0.16, moved('translate(14 22)', path(drape, '#3a2415'))),
    ...times(27).map((at) => line(`M${202 + at * 15} 596q${at % 2 ? 4 : -4} 26 0 52`, shade(hex, 0.08), 5)),
    pen.inside(
      drape,
      path(drape, pen.flat(hex)),
      ...times(14).map((at) =>
        line(
          `M170 ${262 + at * 26}${times(15)
            .map((zig) => `l15 ${zig % 2 ? -13 : 13}l15 ${zig % 2 ? 13 : -13}`)
            .join('')}`,
          shade(hex, 0.11),
          4,
        ),
      ),
      path(
        'M286 230Q330 420 290 620H340Q384 420 330 230ZM470 230Q500 420 478 620H530Q556 420 510 230Z',
        shade(hex, 0.16),
        ' opacity=".4"',
      ),
    ),
  ].join('')
}

/** Cloth for the sofa, the bed and the bath. */
export const SOFT_FURNISHINGS: Readonly<Record<string, Shape>> = {
  cushion: { setting: 'standing', draw: cushion },
  'sheet-stack': { setting: 'standing', draw: sheetStack },
  duvet: { setting: 'standing', draw: duvet },
  towels: { setting: 'standing', draw: towels },
  throw: { setting: 'lying', draw: throwBlanket },
}
