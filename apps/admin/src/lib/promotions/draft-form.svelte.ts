import type { FieldErrors } from '#lib/api/refusal.ts'
import type { DraftRecord, DraftValue } from '#lib/editing/rebase.ts'
import type { PromotionDraft } from './draft.ts'
import { type Path, valueAt, withValueAt } from './place.ts'
import type { PromotionChoicesData } from './promotion.ts'
import type { Known } from './known.svelte.ts'

interface Source {
  readonly draft: () => PromotionDraft
  readonly change: (draft: PromotionDraft) => void
  readonly errors: () => FieldErrors
  readonly disabled: () => boolean
  readonly choices: () => PromotionChoicesData
  readonly known: Known
}

/** The draft as its fields see it: each reads and writes its own place. */
export class DraftForm {
  readonly known: Known
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
    this.known = source.known
  }

  get disabled(): boolean {
    return this.#source.disabled()
  }

  get choices(): PromotionChoicesData {
    return this.#source.choices()
  }

  /** The currencies of the shop's markets, and those that amounts at a place are in already. */
  currencies(path?: Path): string[] {
    const own = path ? Object.keys((this.at(path) as DraftRecord | undefined) ?? {}) : []
    return [...new Set([...this.choices.markets.map(({ currency }) => currency), ...own])]
  }

  /** What stands at a place. */
  at(path: Path): DraftValue {
    return valueAt(this.#source.draft() as DraftValue, path)
  }

  /** The text at a place; empty when there is none. */
  textAt(path: Path): string {
    const value = this.at(path)
    return typeof value === 'string' ? value : ''
  }

  /** The list at a place; empty when there is none. */
  listAt(path: Path): readonly DraftValue[] {
    const value = this.at(path)
    return Array.isArray(value) ? (value as readonly DraftValue[]) : []
  }

  /** The texts in the list at a place. */
  textsAt(path: Path): string[] {
    return this.listAt(path).map(String)
  }

  /** Puts something at a place; `undefined` takes away what is there. */
  set(path: Path, value: DraftValue): void {
    const draft = $state.snapshot(this.#source.draft() as unknown) as DraftValue
    this.#source.change(withValueAt(draft, path, value) as PromotionDraft)
  }

  /** Puts a list at a place; an empty one is none. */
  setList(path: Path, list: readonly DraftValue[]): void {
    this.set(path, list.length > 0 ? list : undefined)
  }

  /** What is wrong at a place. */
  error(path: Path): string | undefined {
    return this.#source.errors()[path.join('.')]
  }

  /** What is wrong at a place or with anything in it, for a field that shows all of it. */
  errorWithin(path: Path): string | undefined {
    const prefix = `${path.join('.')}.`
    return (
      this.error(path) ?? Object.entries(this.#source.errors()).find(([name]) => name.startsWith(prefix))?.[1]
    )
  }
}
