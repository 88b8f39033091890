import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import { type AssetKind, type AssetTileData, FindAssets, TileOf } from './asset.ts'

const PAGE = 24
const PAUSE_MS = 200

interface Finding {
  readonly kind?: AssetKind | undefined
  readonly visibility?: 'PUBLIC' | 'PRIVATE' | undefined
}

/** Looks through the library from within another page; browser only. */
export class AssetFinder {
  found = $state.raw<readonly AssetTileData[]>([])
  failure = $state('')
  busy = $state(false)
  #text = ''
  #end: string | null = null
  hasMore = $state(false)
  readonly #finding: () => Finding
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(finding: () => Finding) {
    this.#finding = finding
  }

  /** Looks for what is typed, as soon as somebody stops typing. */
  type(text: string): void {
    this.#text = text.trim()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.find(), PAUSE_MS)
  }

  find(): Promise<void> {
    return this.#ask(null)
  }

  more(): Promise<void> {
    return this.#ask(this.#end)
  }

  /** Shows an asset before all others, such as one that was just uploaded. */
  async show(id: string): Promise<AssetTileData | undefined> {
    try {
      const { asset } = await request(fetch, TileOf, { id })
      if (asset) this.found = [asset, ...this.found.filter((each) => each.id !== id)]
      return asset ?? undefined
    } catch (cause) {
      this.failure = explain(cause)
      return undefined
    }
  }

  async #ask(after: string | null): Promise<void> {
    const question = (this.#asked += 1)
    this.busy = true
    this.failure = ''
    try {
      const where = { ...this.#finding(), ...(this.#text && { search: this.#text }) }
      const { assets } = await request(fetch, FindAssets, { first: PAGE, after, where })
      // A slow answer to what was typed before must not replace the newer one.
      if (question !== this.#asked) return
      const known = new Set(assets.nodes.map(({ id }) => id))
      this.found = [...(after ? this.found.filter(({ id }) => !known.has(id)) : []), ...assets.nodes]
      this.#end = assets.pageInfo.endCursor
      this.hasMore = assets.pageInfo.hasNextPage
    } catch (cause) {
      if (question === this.#asked) this.failure = explain(cause)
    } finally {
      if (question === this.#asked) this.busy = false
    }
  }
}
