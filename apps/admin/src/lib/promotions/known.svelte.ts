import type { Localized } from '@hilo/kernel'
import type { NameLookup, Noun } from '@hilo/pricing'

/** A name of something that definitions refer to. */
export interface KnownName {
  readonly noun: Noun
  readonly key: string
  readonly texts: Localized
}

const keyOf = (noun: Noun, key: string): string => `${noun} ${key}`

/** What the things are called that a definition refers to: as the page knows it, and what was picked since. */
export class Known {
  readonly #read: () => readonly KnownName[]
  #picked = $state.raw<readonly KnownName[]>([])
  readonly #names = $derived.by(
    () =>
      new Map([...this.#read(), ...this.#picked].map(({ noun, key, texts }) => [keyOf(noun, key), texts])),
  )

  constructor(read: () => readonly KnownName[]) {
    this.#read = read
  }

  /** Remembers something that was picked. */
  learn(name: KnownName): void {
    this.#picked = [...this.#picked, name]
  }

  readonly lookup: NameLookup = (noun, key) => this.#names.get(keyOf(noun, key))
}
