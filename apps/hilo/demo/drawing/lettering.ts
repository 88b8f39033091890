/**
 * Capitals of one line each, ten high: the pictures carry their words as drawn thread, so that they look the same on a
 * machine without our fonts.
 */
const GLYPHS: Readonly<Record<string, readonly [width: number, d: string]>> = {
  A: [8, 'M0 10L4 0L8 10M1.4 6.6H6.6'],
  B: [6.2, 'M0 0H3.4A2.4 2.4 0 0 1 3.4 4.7H0M3.4 4.7A2.65 2.65 0 0 1 3.4 10H0V0'],
  C: [8.4, 'M8.4 1.7A5 5 0 1 0 8.4 8.3'],
  D: [7.5, 'M0 0H2.5A5 5 0 0 1 2.5 10H0Z'],
  E: [5.4, 'M5.4 0H0V10H5.4M0 4.9H4.6'],
  F: [5.2, 'M5.2 0H0V10M0 4.9H4.4'],
  G: [8.6, 'M8.4 1.7A5 5 0 1 0 8.6 8V5.4H5.6'],
  H: [7, 'M0 0V10M7 0V10M0 4.9H7'],
  I: [0.2, 'M.1 0V10'],
  J: [4.4, 'M4.4 0V7.6A2.2 2.2 0 0 1 0 7.8'],
  K: [6.4, 'M0 0V10M6.1 0L0 6.1M2.3 3.9L6.4 10'],
  L: [5, 'M0 0V10H5'],
  M: [9, 'M0 10V0L4.5 6.6L9 0V10'],
  N: [7.2, 'M0 10V0L7.2 10V0'],
  O: [10, 'M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0Z'],
  P: [6, 'M0 10V0H3.2A2.8 2.8 0 0 1 3.2 5.6H0'],
  Q: [10, 'M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0ZM6.4 7.2L9.4 10.6'],
  R: [6.2, 'M0 10V0H3.2A2.8 2.8 0 0 1 3.2 5.6H0M3.2 5.6L6.2 10'],
  S: [
    6.2,
    'M5.7 1.7C5.2.6 4.2 0 3.1 0C1.5 0 .4 1 .4 2.5C.4 5.7 6 4.2 6 7.4C6 9 4.7 10 3.1 10C1.6 10 .5 9.2 .1 8',
  ],
  T: [7.2, 'M0 0H7.2M3.6 0V10'],
  U: [7, 'M0 0V6.5A3.5 3.5 0 0 0 7 6.5V0'],
  V: [8, 'M0 0L4 10L8 0'],
  W: [11.4, 'M0 0L3 10L5.7 2.4L8.4 10L11.4 0'],
  X: [7, 'M0 0L7 10M7 0L0 10'],
  Y: [7.2, 'M0 0L3.6 5.2L7.2 0M3.6 5.2V10'],
  Z: [6.6, 'M0 0H6.6L0 10H6.6'],
  0: [6.6, 'M3.3 0A3.3 5 0 1 0 3.3 10A3.3 5 0 1 0 3.3 0Z'],
  1: [2.4, 'M0 2.2L2.3 0V10'],
  4: [6.6, 'M5 10V0L0 7H6.6'],
  7: [6, 'M0 0H6L2 10'],
  ' ': [3.4, ''],
}

const GAP = 3.1

/** How a line of capitals is set. */
export interface Setting {
  /** The middle of the line. */
  readonly x: number
  /** The top of the capitals. */
  readonly y: number
  /** The height of the capitals; smaller when the words would be wider than `width`. */
  readonly size: number
  readonly width: number
  readonly color: string
}

/** The words in capitals of one line; throws for a letter that has not been drawn yet. */
export const lettering = (words: string, { x, y, size, width, color }: Setting): string => {
  const glyphs = words.split('').map((letter) => {
    const glyph = GLYPHS[letter]
    if (!glyph) throw new RangeError(`No drawing for the letter ${JSON.stringify(letter)}`)
    return glyph
  })
  const long = glyphs.reduce((sum, [glyph]) => sum + glyph + GAP, -GAP)
  const scale = Math.min(size / 10, width / long)
  let left = 0
  const letters = glyphs.map(([glyph, d]) => {
    const place = left
    left += glyph + GAP
    return d ? `<path d="${d}" transform="translate(${Math.round(place * 10) / 10})"/>` : ''
  })
  const start = x - (long * scale) / 2
  const drop = y + (size - scale * 10) / 2
  return (
    `<g transform="translate(${start.toFixed(1)} ${drop.toFixed(1)}) scale(${scale.toFixed(3)})" fill="none" stroke="${color}"` +
    ` stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${letters.join('')}</g>`
  )
}
