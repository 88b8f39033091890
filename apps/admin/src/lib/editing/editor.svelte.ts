import { untrack } from 'svelte'
import { isVersionConflict, type FieldErrors, type Refusal } from '#lib/api/refusal.ts'
import { countChanges, isSame, rebase, withValue, type DraftValue, type Overlap } from './rebase.ts'

/** What saving one change came to. */
export interface Outcome {
  readonly userErrors: readonly Refusal[]
  /** The refusals by the field of the draft that they are about. */
  readonly errors: FieldErrors
}

/** A draft of something that others may be editing too. */
export class Editor<Draft extends DraftValue> {
  draft = $state() as Draft
  errors = $state.raw<FieldErrors>({})
  busy = $state(false)
  /** True when somebody else's changes came in below mine. */
  merged = $state(false)
  overlaps = $state.raw<readonly Overlap[]>([])
  #base = $state.raw() as Draft

  constructor(saved: Draft) {
    this.#base = saved
    this.draft = structuredClone(saved)
  }

  /** What is saved, as the draft has it. */
  get base(): Draft {
    return this.#base
  }

  /** A plain copy of the draft. */
  get snapshot(): Draft {
    return $state.snapshot(this.draft as unknown) as Draft
  }

  get changes(): number {
    return countChanges(this.#base, this.snapshot)
  }

  get isDirty(): boolean {
    return this.changes > 0
  }

  /** Takes in what is saved now: my unsaved changes stay on top. */
  take(saved: Draft): void {
    if (isSame(saved, this.#base)) return
    const { draft, overlaps } = rebase(this.#base, this.snapshot, saved)
    const wasDirty = this.isDirty && !isSame(this.snapshot, saved)
    this.#base = saved
    this.draft = structuredClone(draft)
    if (!wasDirty || this.busy) return
    this.merged = true
    this.overlaps = [...this.overlaps.filter(({ path }) => !isOneOf(overlaps, path)), ...overlaps]
  }

  /** Of what was sent, takes over how it is saved: `45,5` is `45.5` then. What was typed since stays mine. */
  adopt(sent: Draft): void {
    this.draft = structuredClone(rebase(sent, this.snapshot, this.#base).draft)
  }

  /** Gives up my changes. */
  discard(): void {
    this.draft = structuredClone(this.#base)
    this.errors = {}
    this.settle()
  }

  /** Answers an overlap with what the other one wrote. */
  useTheirs(): void {
    this.draft = structuredClone(
      this.overlaps.reduce<Draft>((draft, { path, theirs }) => withValue(draft, path, theirs), this.snapshot),
    )
    this.settle()
  }

  /** The overlap is looked at. */
  settle(): void {
    this.merged = false
    this.overlaps = []
  }

  /**
   * Runs the changes one after the other, then reads what is saved. A version conflict ends the run: nothing after it
   * would fit. True when all were accepted.
   */
  async save(changes: readonly (() => Promise<Outcome>)[], reload: () => Promise<void>): Promise<boolean> {
    this.busy = true
    const errors: Record<string, string> = {}
    let isConflict = false
    try {
      for (const change of changes) {
        const outcome = await change()
        isConflict = isVersionConflict(outcome.userErrors)
        if (isConflict) break
        Object.assign(errors, outcome.errors)
      }
    } finally {
      // Others' changes must be told of when they are the reason; not when they came in with our own.
      this.busy = !isConflict
      await reload().finally(() => (this.busy = false))
    }
    this.errors = errors
    if (!isConflict && Object.keys(errors).length === 0) this.settle()
    return !isConflict && Object.keys(errors).length === 0
  }
}

/** An editor in a component, which takes in what is saved as often as that changes. */
export const editorOf = <Draft extends DraftValue>(read: () => Draft): Editor<Draft> => {
  const editor = new Editor(untrack(read))
  $effect.pre(() => {
    const saved = read()
    untrack(() => editor.take(saved))
  })
  return editor
}

const isOneOf = (overlaps: readonly Overlap[], path: readonly string[]): boolean =>
  overlaps.some((overlap) => isSame(overlap.path, path))
