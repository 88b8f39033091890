import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import { type DifferenceData, ReadDifference, ReadVersions, type VersionRow } from './version-fields.ts'

const AT_ONCE = 20

/** The versions of a product, read when somebody looks at them. */
export class Versions {
  rows = $state.raw<readonly VersionRow[]>([])
  total = $state(0)
  hasMore = $state(false)
  failure = $state<string>()
  /** The version whose difference is shown, and the difference once it is there. */
  compared = $state<number>()
  difference = $state.raw<readonly DifferenceData[]>()
  readonly #id: () => string
  #after: string | null = null

  constructor(id: () => string) {
    this.#id = id
  }

  /** Reads the newest ones anew. */
  read = async (): Promise<void> => {
    this.#after = null
    await this.#more([])
  }

  /** Reads older ones too. */
  more = (): Promise<void> => this.#more(this.rows)

  /** Shows how a version differs from another; the same again hides it. */
  compare = async (from: number, to: number): Promise<void> => {
    this.difference = undefined
    if (this.compared === from) return void (this.compared = undefined)
    this.compared = from
    await this.#try(async () => {
      const { product } = await request(fetch, ReadDifference, { id: this.#id(), from, to })
      if (this.compared === from) this.difference = product?.difference ?? []
    })
  }

  #more = (before: readonly VersionRow[]): Promise<void> =>
    this.#try(async () => {
      const { product } = await request(fetch, ReadVersions, {
        id: this.#id(),
        first: AT_ONCE,
        after: this.#after,
      })
      const versions = product?.versions
      this.rows = [...before, ...(versions?.nodes ?? [])]
      this.total = versions?.totalCount ?? 0
      this.hasMore = versions?.pageInfo.hasNextPage ?? false
      this.#after = versions?.pageInfo.endCursor ?? null
    })

  #try = async (run: () => Promise<void>): Promise<void> => {
    this.failure = undefined
    try {
      await run()
    } catch (cause) {
      this.failure = explain(cause)
    }
  }
}
