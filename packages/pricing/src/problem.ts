import type { Sentence } from '@hilo/kernel'

/** The first thing wrong with a value: where (outermost first) and why. */
export interface Problem {
  readonly path: readonly string[]
  readonly reason: Sentence
}

/** What is wrong with the value at a path, in both languages. */
export const problem = (path: readonly string[], en: string, es: string): Problem => ({
  path,
  reason: { en, es },
})

export const empty = (path: readonly string[]): Problem =>
  problem(path, 'must not be empty', 'no debe estar vacío')
export const noObject = (path: readonly string[]): Problem =>
  problem(path, 'must be an object', 'debe ser un objeto')
export const tooLong = (path: readonly string[], most: number): Problem =>
  problem(path, `must not be longer than ${most}`, `no debe tener más de ${most} caracteres`)
export const noneOf = (path: readonly string[], known: readonly unknown[]): Problem =>
  problem(path, `must be one of ${known.join(', ')}`, `debe ser uno de ${known.join(', ')}`)

const NUMBERS = { number: 'número', 'whole number': 'número entero' } as const
export const outside = (
  path: readonly string[],
  what: keyof typeof NUMBERS,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): Problem =>
  problem(
    path,
    `must be a ${what} from ${minimum} to ${maximum}`,
    `debe ser un ${NUMBERS[what]} de ${minimum} a ${maximum}`,
  )

/** The lower bound of a range lies above the upper one. */
export const MORE_THAN_MOST: Sentence = {
  en: 'must not be more than atMost',
  es: 'no debe ser más que atMost',
}

/** Of two members one has to be there, and not both. */
export const eitherOf = (one: string, other: string): Sentence => ({
  en: `must have either ${one} or ${other}`,
  es: `debe tener o bien ${one} o bien ${other}`,
})

/** A member says nothing without another. */
export const onlyWith = (name: string): Sentence => ({
  en: `has a meaning only together with ${name}`,
  es: `solo tiene sentido junto con ${name}`,
})
