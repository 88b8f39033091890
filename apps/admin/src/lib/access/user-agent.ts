/** In this order: most browsers also claim to be one of those below. */
const BROWSERS = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const

const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const

/** What a program calls itself, as people know it: `Firefox, Windows`; a program that is no browser by its own name. */
export const programName = (userAgent: string): string => {
  const name = (known: typeof BROWSERS | typeof SYSTEMS): string | undefined =>
    known.find(([, pattern]) => pattern.test(userAgent))?.[0]
  return [name(BROWSERS), name(SYSTEMS)].filter(Boolean).join(', ') || (userAgent.split(/[\s/]/)[0] ?? '')
}
