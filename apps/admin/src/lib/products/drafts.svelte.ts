import type { FieldErrors } from '#lib/api/refusal.ts'
import type { Write } from '#lib/api/write.ts'
import { instant } from '#lib/collections/draft.ts'
import type { Editor, Outcome } from '#lib/editing/editor.svelte.ts'
import { rebase } from '#lib/editing/rebase.ts'
import { type Definitions, productChange, type ProductChange } from './changes.ts'
import { type Content, draftOfContent, withoutContent } from './content.ts'
import type { ProductDraft } from './draft.ts'
import type { ProductData } from './product.ts'
import { contentErrors } from './save.ts'
import {
  ProductDraftDiscard,
  ProductDraftPublish,
  ProductDraftSave,
  ProductVersionRestore,
} from './version-mutations.ts'

interface Options {
  readonly write: Write
  readonly editor: Editor<ProductDraft>
  readonly product: () => ProductData
  readonly definitions: () => Definitions
  readonly timeZone: () => string
}

/** What somebody does with the draft of a product, and with its earlier versions. */
export class Drafts {
  /** The version of the draft whose changes are in the editor; 0 for none. */
  #loaded = $state(0)
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** True while the editor has the changes of the draft as it is now. */
  get isLoaded(): boolean {
    return this.#loaded > 0 && this.#loaded === this.#options.product().draft?.version
  }

  /** The draft as the editor would have it; nothing when there is none. */
  get #waiting(): ProductDraft | undefined {
    const { draft } = this.#options.product()
    return draft ? draftOfContent(draft.preview.all as Content, this.#options.editor.base) : undefined
  }

  /** Takes the changes of the draft into the editor, below those that are there. */
  load = (): void => {
    const { editor, product } = this.#options
    const waiting = this.#waiting
    if (!waiting) return
    editor.draft = rebase(editor.base, editor.snapshot, waiting).draft
    this.#loaded = product().draft!.version
  }

  /** What a draft would say that keeps what is in the editor, and in the draft before unless its changes are there. */
  get change(): ProductChange {
    const { editor, definitions } = this.#options
    const waiting = this.isLoaded ? undefined : this.#waiting
    const mine = waiting ? rebase(editor.base, editor.snapshot, waiting).draft : editor.snapshot
    return productChange(editor.base, mine, definitions())
  }

  /** Keeps the content in the editor as a draft; what is no content, such as variants, stays unsaved. */
  keep = async (): Promise<Outcome> => {
    const { editor, product } = this.#options
    const outcome = await this.#save(this.change, product().draft?.publishAt ?? null)
    if (outcome.userErrors.length === 0) {
      editor.draft = withoutContent(editor.snapshot, editor.base)
      this.#loaded = 0
    }
    return outcome
  }

  /** Lets the draft publish itself at a wall-clock time; without one no longer. */
  schedule = (wallTime: string): Promise<Outcome> => {
    const { editor, definitions, timeZone } = this.#options
    const change = productChange(editor.base, this.#waiting ?? editor.base, definitions())
    return this.#save(change, instant(wallTime, timeZone()))
  }

  publish = (): Promise<Outcome> => this.#send(ProductDraftPublish)

  discard = (): Promise<Outcome> => this.#send(ProductDraftDiscard)

  /** Makes an earlier version the one that holds: as a new version, nothing is lost. */
  restore = async (number: number): Promise<Outcome> => {
    const { write, product } = this.#options
    const { id: productId, version: ifVersion } = product()
    const { userErrors } = await write(ProductVersionRestore, { productId, ifVersion, number })
    return { userErrors, errors: general(userErrors) }
  }

  #send = async (document: typeof ProductDraftPublish | typeof ProductDraftDiscard): Promise<Outcome> => {
    const { write, product } = this.#options
    const { id: productId, draft } = product()
    const { userErrors } = await write(document as typeof ProductDraftPublish, {
      productId,
      ifVersion: draft?.version ?? null,
    })
    return { userErrors, errors: general(userErrors) }
  }

  #save = async (change: ProductChange, publishAt: string | null): Promise<Outcome> => {
    const { write, product } = this.#options
    const { id: productId, contentVersion, draft } = product()
    const { userErrors } = await write(ProductDraftSave, {
      productId,
      ifVersion: draft?.version ?? 0,
      base: contentVersion,
      publishAt,
      ...change,
    })
    return { userErrors, errors: contentErrors(change, userErrors) }
  }
}

const general = (refusals: Outcome['userErrors']): FieldErrors =>
  refusals[0] ? { '': refusals[0].message } : {}
