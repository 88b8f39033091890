import { ApiError, request } from '#lib/api/request.ts'
import { RulePreview, type RulePreviewData } from './collection.ts'
import { type Group, isWhole, ruleOf } from './rule-tree.ts'

const PAUSE_MS = 300
const SHOWN = 8

/** What a rule would change, asked anew a moment after each change of it. */
export class Preview {
  answer = $state.raw<RulePreviewData>()
  /** Why there is no answer. */
  problem = $state('')
  busy = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  /** Asks what the rule would change in a collection; what was asked before is not waited for. */
  ask(collectionId: string, tree: Group): void {
    clearTimeout(this.#timer)
    const question = (this.#asked += 1)
    this.busy = isWhole(tree)
    if (!this.busy) {
      this.answer = undefined
      this.problem = ''
      return
    }
    this.#timer = setTimeout(() => void this.#read(question, { collectionId, rule: ruleOf(tree) }), PAUSE_MS)
  }

  /** Waits for nothing any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#asked += 1
  }

  async #read(question: number, input: { collectionId: string; rule: unknown }): Promise<void> {
    const answer = await request(fetch, RulePreview, { input: { ...input, first: SHOWN } }).catch(
      (cause: unknown) => {
        if (cause instanceof ApiError) return cause
        throw cause
      },
    )
    // A slow answer about a rule that has changed since must not replace the newer one.
    if (question !== this.#asked) return
    this.busy = false
    this.problem = answer instanceof ApiError ? answer.message : ''
    this.answer = answer instanceof ApiError ? undefined : (answer.preview ?? undefined)
  }
}
