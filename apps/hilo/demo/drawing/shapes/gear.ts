import type { Look, Shape } from '../look.ts'
import { color, light, readable, shade } from '../palette.ts'
import { faint, line, moved, oval, path, type Pen, rect, times } from '../pen.ts'

const STEEL = color('steel')

/** A small cup of espresso, its foot on 0,0. */
const cup = (pen: Pen, hex: string): string =>
  line('M34 -52C62 -54 62 -18 26 -20', shade(hex, 0.14), 9) +
  path('M-40 -64H40C40 -24 26 0 0 0S-40 -24 -40 -64Z', pen.round(hex)) +
  oval([0, -64, 40, 9], light(hex, 0.4)) +
  oval([0, -63, 33, 6.5], '#6b4128')

const espressoMachine = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const dark = shade(hex, 0.3)
  return [
    pen.ground(400, 640, 220),
    rect([232, 250, 336, 120], pen.flat(hex), 22),
    rect([232, 340, 150, 274], pen.flat(shade(hex, 0.07)), 4),
    rect([222, 588, 360, 52], pen.flat(hex), 14),
    rect([382, 370, 186, 218], shade(hex, 0.42)),
    rect([382, 370, 186, 40], shade(hex, 0.5)),
    rect([236, 206, 328, 48], pen.fade(light(STEEL, 0.4), STEEL), 8),
    ...times(3).map((at) =>
      moved(
        `translate(${290 + at * 84} 206)`,
        path('M-30 0L-26 -34H26L30 0Z', pen.round(color('white'))),
        oval([0, -34, 26, 5], '#ffffff'),
      ),
    ),
    rect([396, 586, 170, 10], '#2f2b28', 4),
    ...times(8).map((at) => rect([402 + at * 20, 578, 10, 8], STEEL, 2)),
    rect([438, 366, 84, 34], pen.round(STEEL), 6),
    rect([428, 398, 104, 26], pen.round(shade(STEEL, 0.1)), 8),
    path('M454 424H506L494 448H466Z', pen.round(STEEL)),
    line('M528 410L610 424', '#33302d', 22),
    moved('translate(480 578)', cup(pen, color('white'))),
    line('M474 450V508M486 450V508', '#5a3622', 3.5),
    line('M558 330C596 340 590 440 586 520', STEEL, 9),
    oval([300, 312, 32, 32], light(hex, 0.5)),
    oval([300, 312, 25, 25], color('white')),
    line('M300 312L312 296', '#b4472e', 4),
    ...times(3).map((at) => oval([384 + at * 46, 312, 14, 14], at === 2 ? color('terracotta') : dark)),
    rect([252, 420, 110, 130], pen.fade('#d9e8ee', '#b9d3de'), 8),
    faint(0.5, rect([252, 420, 110, 40], '#ffffff', 8)),
  ].join('')
}

const capsuleMachine = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(410, 640, 170),
    rect([300, 596, 230, 44], pen.flat(shade(hex, 0.12)), 14),
    path('M300 612V330Q300 220 400 214H470Q540 218 544 290Q544 350 490 356H436V612Z', pen.flat(hex)),
    path('M436 356H490Q500 356 508 352V384H436Z', '#35322f'),
    path('M300 330Q300 220 400 214H430Q330 226 330 340V612H300Z', light(hex, 0.22)),
    path('M384 214Q404 178 470 184Q520 190 534 236L500 228Q470 212 384 214Z', pen.round(STEEL)),
    rect([436, 586, 108, 12], STEEL, 5),
    moved('translate(494 584) scale(.92)', cup(pen, readable(hex, '#46403b'))),
    line('M482 386V520M492 386V520', '#5a3622', 3.2),
    oval([468, 290, 22, 22], shade(hex, 0.16)),
    oval([468, 290, 14, 14], light(hex, 0.55)),
  ].join('')
}

const moka = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const handle = color(look.accent ?? 'walnut')
  const facets = (top: number, bottom: number, [a, b, y, to]: readonly [number, number, number, number]) =>
    path(`M${400 - top} ${y}L${400 - bottom} ${to}H${400 + bottom}L${400 + top} ${y}Z`, pen.round(hex)) +
    path(
      `M${400 - a} ${y}L${400 - b} ${to}H${400 + b * 0.3}L${400 + a * 0.3} ${y}Z`,
      light(hex, 0.34),
      ' opacity=".6"',
    )
  return [
    pen.ground(410, 640, 150),
    facets(88, 122, [48, 66, 452, 640]),
    rect([296, 424, 208, 34], pen.round(shade(hex, 0.12)), 8),
    facets(116, 86, [62, 46, 276, 426]),
    path('M286 276L252 300L300 348Z', pen.round(shade(hex, 0.06))),
    path('M282 276Q400 196 518 276Z', pen.round(light(hex, 0.15))),
    oval([400, 226, 20, 18], pen.round(handle)),
    line('M516 300H584Q600 302 596 330L578 452', pen.round(handle), 26),
    oval([356, 560, 10, 10], shade(hex, 0.3)),
  ].join('')
}

const dripper = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 150),
    path('M296 470H504L494 622Q492 640 474 640H326Q308 640 306 622Z', pen.glass('#d8e6ea')),
    path('M302 556H498L494 622Q492 640 474 640H326Q308 640 306 622Z', pen.round('#4b2c1b'), ' opacity=".86"'),
    line('M500 500C566 500 560 596 492 594', '#cfdde2', 12),
    rect([268, 442, 264, 26], pen.round(hex), 12),
    path('M250 252H550L446 442H354Z', pen.round(hex)),
    ...times(5).map((at) =>
      line(`M${290 + at * 52} 270Q${318 + at * 40} 350 ${366 + at * 17} 430`, shade(hex, 0.12), 4),
    ),
    path('M262 252L286 216H514L538 252Z', '#f0e3cb'),
    oval([400, 252, 150, 20], light(hex, 0.35)),
    oval([400, 252, 134, 14], '#5b3a26'),
    line('M548 300C606 296 596 372 508 370', shade(hex, 0.1), 16),
  ].join('')
}

const frenchPress = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  const wood = color(look.accent ?? 'walnut')
  return [
    pen.ground(400, 640, 140),
    path('M300 290H496V610H300Z', pen.glass('#d5e3e8')),
    rect([304, 420, 188, 190], pen.round('#4a2b1b')),
    rect([304, 404, 188, 18], pen.round(STEEL), 4),
    rect([304, 422, 188, 10], '#8a6446'),
    line('M398 190V404', STEEL, 8),
    ...[290, 448, 598].map((y) => rect([290, y, 216, 18], pen.round(hex), 6)),
    rect([296, 296, 12, 320], hex),
    rect([488, 296, 12, 320], hex),
    path('M282 640L300 600H496L514 640H492L478 616H318L304 640Z', hex),
    path('M296 290Q398 214 500 290Z', pen.round(hex)),
    path('M300 300L258 284L300 340Z', '#cfdde2', ' opacity=".8"'),
    oval([398, 186, 24, 22], pen.round(wood)),
    line('M506 330H556Q574 332 572 360V530Q570 552 552 552H506', hex, 12),
    rect([558, 352, 26, 178], pen.round(wood), 13),
  ].join('')
}

const grinder = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 110),
    rect([326, 300, 148, 196], pen.round(hex), 10),
    rect([332, 490, 136, 150], pen.round(shade(hex, 0.12)), 16),
    rect([320, 480, 160, 22], pen.round(color('walnut')), 8),
    rect([326, 296, 148, 22], pen.round(light(hex, 0.3)), 8),
    ...times(9).map((at) => line(`M${342 + at * 14.5} 524V606`, shade(hex, 0.3), 3)),
    path('M346 296Q400 246 454 296Z', pen.round(STEEL)),
    rect([390, 232, 20, 40], pen.round(STEEL), 6),
    line('M400 240L566 216', STEEL, 16),
    path('M552 168Q570 148 588 168L582 214H558Z', pen.round(color('walnut'))),
  ].join('')
}

const kettle = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(390, 640, 190),
    rect([270, 608, 250, 32], pen.round(shade(hex, 0.3)), 12),
    line('M300 560C190 560 236 420 196 360C184 342 168 344 156 348', hex, 20),
    line('M300 553C200 550 244 420 202 354', light(hex, 0.3), 4),
    path(
      'M300 400Q302 372 330 366H460Q488 372 490 400L518 588Q518 606 500 606H290Q272 606 272 588Z',
      pen.round(hex),
    ),
    path('M322 366Q395 326 468 366Z', pen.round(light(hex, 0.12))),
    oval([395, 336, 18, 16], color('walnut')),
    line('M480 392C560 380 610 400 606 460Q604 500 590 540', hex, 14),
    line('M604 440Q608 490 590 540', color('walnut'), 26),
    oval([496, 624, 6, 6], color('terracotta')),
  ].join('')
}

const pitcher = (pen: Pen, look: Look): string => {
  const hex = color(look.color)
  return [
    pen.ground(400, 640, 150),
    line('M500 372C620 350 610 580 512 566', shade(hex, 0.12), 22),
    path(
      'M300 330L248 300Q270 290 322 296H508L516 420Q540 520 536 600Q534 640 500 640H300Q266 640 264 600Q262 520 288 430Z',
      pen.round(hex),
    ),
    path('M248 300Q270 288 330 290H508Q512 306 480 310H330L300 330Z', light(hex, 0.5)),
    path('M292 300Q400 292 496 300Q480 308 330 308Z', '#fbf8f1'),
    line('M318 440Q300 520 302 590', '#ffffffaa', 8),
  ].join('')
}

/** What makes coffee. */
export const GEAR: Readonly<Record<string, Shape>> = {
  'espresso-machine': { setting: 'standing', draw: espressoMachine },
  'capsule-machine': { setting: 'standing', draw: capsuleMachine },
  'moka-pot': { setting: 'standing', draw: moka },
  dripper: { setting: 'standing', draw: dripper },
  'french-press': { setting: 'standing', draw: frenchPress },
  'hand-grinder': { setting: 'standing', draw: grinder },
  kettle: { setting: 'standing', draw: kettle },
  'milk-pitcher': { setting: 'standing', draw: pitcher },
}
