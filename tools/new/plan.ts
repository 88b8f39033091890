/** The project as a generator sees it: it reads, and never writes. Paths are relative to the root. */
export interface Tree {
  readonly has: (path: string) => boolean
  /** The text of a file; throws when there is none. */
  readonly read: (path: string) => string
  /** The names in a folder; none when there is no such folder. */
  readonly list: (folder: string) => readonly string[]
}

/** What a generator will write, and what is left to do by hand. */
export interface Plan {
  readonly files: Readonly<Record<string, string>>
  readonly next: readonly string[]
}

/** Something that can be made new. */
export interface Kind {
  /** What its name looks like, such as `slice/nounVerb`. */
  readonly usage: string
  readonly plan: (name: string, tree: Tree) => Plan
}

/** A name that cannot be, or a place that has changed; the message says what to do. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible'
}

/** Throws unless the name is words of small letters and digits, joined by hyphens. */
export const checkKebab = (name: string): void => {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name.length > 60)
    throw new NotPossible(
      `“${name}” is not a name: use small letters, digits and single hyphens, such as two-words.`,
    )
}

/** Throws when there is such a file already. */
export const checkFree = (tree: Tree, path: string): void => {
  if (tree.has(path))
    throw new NotPossible(`${path} is there already: choose another name, or change that one.`)
}

/** `two-words` → `twoWords`. */
export const camel = (kebab: string): string =>
  kebab.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** `two-words` → `TwoWords`. */
export const pascal = (kebab: string): string => camel(`-${kebab}`)

/** `two-words` → `TWO_WORDS`. */
export const screaming = (kebab: string): string => kebab.toUpperCase().replaceAll('-', '_')

/** `two-words` → `Two words`. */
export const sentence = (kebab: string): string => {
  const words = kebab.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `twoWords` → `two-words`. */
export const kebab = (camelCase: string): string =>
  camelCase.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Replaces exactly one place of a text; throws when it is not there, because then the project has changed. */
export const replaceOnce = (text: string, place: string | RegExp, by: string): string => {
  const parts = text.split(place)
  if (parts.length !== 2)
    throw new NotPossible(`The place of “${String(place)}” has changed: look at tools/new.`)
  return text.replace(place, () => by)
}

/** Puts a line among those that match, in their alphabetical order; behind the last line that sorts before it. */
export const insertSorted = (text: string, line: string, among: RegExp): string => {
  const lines = text.split('\n')
  const siblings = lines.flatMap((each, index) => (among.test(each) ? [index] : []))
  if (siblings.length === 0)
    throw new NotPossible(`No line matches ${String(among)} any more: look at tools/new.`)
  const after = siblings.findLast((index) => lines[index]! < line)
  lines.splice(after === undefined ? siblings[0]! : after + 1, 0, line)
  return lines.join('\n')
}

/** The highest number that names in a folder begin with, plus one, in four digits. */
export const nextNumber = (tree: Tree, folder: string): string => {
  const numbers = tree.list(folder).map((name) => Number.parseInt(name, 10) || 0)
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0')
}
