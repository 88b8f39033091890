import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import { type FoundData, TrySearch } from './synonym.ts'

const PAUSE_MS = 250
const FACETS = ['category', 'productType', 'available']

/** A search that is tried as people type; browser only. */
export class Attempt {
  text = $state('')
  channel = $state('')
  locale = $state('')
  found = $state.raw<FoundData>()
  failure = $state('')
  busy = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  constructor(channel: string, locale: string) {
    this.channel = channel
    this.locale = locale
  }

  /** Looks as soon as somebody stops typing. */
  soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.now(), PAUSE_MS)
  }

  async now(): Promise<void> {
    clearTimeout(this.#timer)
    const question = (this.#asked += 1)
    const query = this.text.trim()
    if (!query) {
      this.found = undefined
      this.failure = ''
      this.busy = false
      return
    }
    this.busy = true
    try {
      const { channel, locale } = this
      const found = await request(fetch, TrySearch, { query, facets: FACETS, channel, locale }, { channel })
      // A slow answer to what was typed before must not replace the newer one.
      if (question !== this.#asked) return
      this.found = found
      this.failure = ''
    } catch (cause) {
      if (question === this.#asked) this.failure = explain(cause)
    } finally {
      if (question === this.#asked) this.busy = false
    }
  }
}
