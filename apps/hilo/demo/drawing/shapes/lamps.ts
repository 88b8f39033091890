import { label } from '../label.ts'
import type { Look, Shape } from '../look.ts'
import { color, light, shade } from '../palette.ts'
import { faint, line, oval, path, type Pen, rect, times } from '../pen.ts'

const accent = (look: Look) => color(look.accent ?? 'cream')

const glow = (pen: Pen, x: number, y: number, reach: number) =>
  faint(
    0.5,
    path(
      `M${x - reach} ${y + 260}L${x - reach * 0.42} ${y}H${x + reach * 0.42}L${x + reach} ${y + 260}Z`,
      pen.fade('#fff3cfcc', '#fff3cf00'),
    ),
  )

const tableLamp = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 130),
    glow(pen, 400, 340, 250),
    oval([400, 624, 104, 18], shade(hex, 0.2)),
    oval([400, 616, 104, 18], pen.flat(hex)),
    rect([391, 330, 18, 288], pen.round(color('gold')), 6),
    oval([400, 338, 52, 14], '#fff0c4'),
    path('M230 340C234 236 320 200 400 200S566 236 570 340Z', pen.round(hex)),
    rect([386, 178, 28, 28], pen.round(color('gold')), 8),
    oval([440, 612, 9, 4], color('gold')),
  ].join('')
}

const pendant = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const dome = 'M170 450C176 330 280 262 400 262S624 330 630 450Q400 486 170 450Z'
  return [
    glow(pen, 400, 450, 420),
    line('M400 -60V250', color('charcoal'), 5),
    rect([380, 232, 40, 36], pen.round(color('gold')), 8),
    oval([400, 452, 228, 32], shade(hex, 0.35)),
    oval([400, 456, 70, 20], '#fff0c4'),
    path(dome, pen.round(hex)),
    pen.inside(
      dome,
      ...times(9).map((at) =>
        line(`M150 ${290 + at * 22}Q400 ${320 + at * 24} 650 ${290 + at * 22}`, shade(hex, 0.16), 4),
      ),
      ...times(15).map((at) =>
        line(`M${400 + (at - 7) * 16} 262L${400 + (at - 7) * 36} 480`, light(hex, 0.3), 4),
      ),
    ),
  ].join('')
}

const floorLamp = (pen: Pen, look: Look): string => {
  const brass = color(look.color)
  return [
    pen.ground(290, 642, 130),
    path('M216 600H364Q372 640 360 640H220Q208 640 216 600Z', pen.round(color('charcoal'))),
    oval([290, 600, 74, 14], shade(color('grey'), 0.1)),
    line('M290 598V300C290 120 540 100 560 262', shade(brass, 0.08), 12),
    line('M286 598V300C286 116 536 94 556 258', light(brass, 0.4), 3),
    path('M520 268Q560 236 600 268Z', pen.round(brass)),
    oval([560, 328, 74, 74], pen.fade('#fffdf4', '#f5e3ba')),
    faint(0.45, oval([560, 328, 120, 120], '#fff3cf60'), oval([534, 300, 18, 24], '#ffffff')),
  ].join('')
}

const candle = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const top = look.form === 'tall' ? 290 : 370
  return [
    pen.ground(400, 640, 140),
    rect([284, top, 232, 640 - top], pen.round(light(hex, 0.35)), 22),
    rect([284, top - 40, 232, 70], pen.glass('#e4ecec'), 16),
    oval([400, top + 16, 112, 16], light(hex, 0.6)),
    line(`M400 ${top + 12}V${top - 24}`, color('charcoal'), 5),
    path(
      `M400 ${top - 92}C430 ${top - 56} 426 ${top - 20} 400 ${top - 18}C374 ${top - 20} 370 ${top - 56} 400 ${top - 92}Z`,
      pen.fade('#fff1b8', '#f0a03c'),
    ),
    faint(0.5, oval([400, top - 50, 90, 90], '#fff3cf70')),
    label({
      box: [326, top + 70, 148, 640 - top - 110],
      paper: '#fbf5e8',
      ink: shade(hex, 0.45),
      word: look.label ?? '',
      ornament: 'leaf',
    }),
    line(`M300 ${top + 30}V600`, '#ffffff90', 8),
  ].join('')
}

const tapers = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const brass = accent(look)
  return [
    pen.ground(400, 640, 210),
    ...[hex, light(hex, 0.35), color('olive')].map((tint, at) => {
      const x = 270 + at * 130
      const high = [300, 236, 270][at] ?? 260
      return [
        rect([x - 16, high, 32, 580 - high], pen.round(tint), 8),
        line(`M${x} ${high}V${high - 20}`, color('charcoal'), 4),
        path(
          `M${x} ${high - 66}C${x + 20} ${high - 40} ${x + 16} ${high - 16} ${x} ${high - 14}C${x - 16} ${high - 16} ${x - 20} ${high - 40} ${x} ${high - 66}Z`,
          pen.fade('#fff1b8', '#f0a03c'),
        ),
        path(`M${x - 26} 570H${x + 26}L${x + 20} 610H${x - 20}Z`, pen.round(brass)),
        oval([x, 628, 52, 12], pen.round(brass)),
        rect([x - 10, 604, 20, 22], pen.round(brass)),
      ].join('')
    }),
  ].join('')
}

/** What gives light. */
export const LAMPS: Readonly<Record<string, Shape>> = {
  'table-lamp': { setting: 'standing', draw: tableLamp },
  'pendant-lamp': { setting: 'hanging', draw: pendant },
  'floor-lamp': { setting: 'standing', draw: floorLamp },
  candle: { setting: 'standing', draw: candle },
  tapers: { setting: 'standing', draw: tapers },
}
