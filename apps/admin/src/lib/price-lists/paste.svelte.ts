import { explain } from '#lib/api/explain.ts'
import type { Write } from '#lib/api/write.ts'
import { m } from '#lib/paraglide/messages.js'
import { idsBySku } from './find-variants.ts'
import { type PastedLine, parsePaste } from './paste.ts'
import { setPrices } from './row-edits.svelte.ts'

const CHUNK = 200

interface Target {
  readonly id: string
  readonly currency: string
}

/** Prices pasted into a list: sent in parts; what was refused stays, each line with its reason. */
export class Paste {
  text = $state('')
  busy = $state(false)
  /** How many lines are through, and of how many. */
  done = $state(0)
  total = $state(0)
  saved = $state(0)
  refused = $state.raw<readonly PastedLine[]>([])
  failure = $state('')

  async send(write: Write, list: Target): Promise<void> {
    const lines = parsePaste(this.text, list.currency)
    Object.assign(this, { busy: true, done: 0, saved: 0, total: lines.length, failure: '' })
    const refused: PastedLine[] = []
    let answered = 0
    try {
      for (let at = 0; at < lines.length; at += CHUNK) {
        const part = lines.slice(at, at + CHUNK)
        refused.push(...(await this.#sendPart(write, list, part)))
        answered = at + part.length
        this.done = answered
        this.saved = answered - refused.length
      }
    } catch (cause) {
      this.failure = explain(cause)
    } finally {
      this.refused = refused
      this.text = [...refused, ...lines.slice(answered)].map(({ text }) => text).join('\n')
      this.busy = false
    }
  }

  /** The lines of a part that were refused. */
  async #sendPart(write: Write, list: Target, part: readonly PastedLine[]): Promise<PastedLine[]> {
    const readable = part.filter(({ problem }) => !problem)
    const ids = readable.length > 0 ? await idsBySku([...new Set(readable.map(({ sku }) => sku))]) : new Map()
    const known = readable.filter(({ sku }) => ids.has(sku))
    const rows = known.map(({ sku, amountMinor, minQuantity }) => ({
      variantId: ids.get(sku)!,
      minQuantity,
      amount: { amountMinor: amountMinor!, currency: list.currency },
    }))
    const refusals = rows.length > 0 ? await setPrices(write, list.id, rows) : new Map<number, string>()
    return part.flatMap((line) => {
      if (line.problem) return [line]
      const index = known.indexOf(line)
      const problem = index < 0 ? m.paste_sku_unknown() : (refusals.get(index) ?? refusals.get(-1))
      return problem ? [{ ...line, problem }] : []
    })
  }
}
