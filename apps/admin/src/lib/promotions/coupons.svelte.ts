import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import { type BatchData, type CodesData, ReadBatches, ReadCodes } from './coupon.ts'

const BATCHES = 50
const CODES = 20
const PAUSE_MS = 500

/** The codes and the batches of a promotion, read in the browser; batches are watched while codes are being made. */
export class Coupons {
  batches = $state.raw<readonly BatchData[]>([])
  codes = $state.raw<CodesData>()
  /** How the codes that are shown begin. */
  startsWith = $state('')
  problem = $state('')
  readonly #id: string
  #isLeft = false
  #isWatching = false
  #asked = 0

  constructor(id: string) {
    this.#id = id
  }

  /** Reads both anew. */
  async read(): Promise<void> {
    await Promise.all([this.readBatches(), this.readCodes()])
  }

  /** Reads the batches, again and again until every code is made. */
  async readBatches(): Promise<void> {
    if (this.#isWatching) return
    this.#isWatching = true
    const before = this.batches.length
    try {
      for (let isNew = true; !this.#isLeft; isNew = false) {
        const { promotion } = await request(fetch, ReadBatches, { id: this.#id, first: BATCHES })
        this.batches = promotion?.couponBatches.nodes ?? []
        const isMade = this.batches.every(({ finishedAt, disabledAt }) => finishedAt ?? disabledAt)
        if (isMade) {
          if (!isNew || this.batches.length !== before) await this.readCodes()
          return
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
    } catch (cause) {
      this.problem = explain(cause)
    } finally {
      this.#isWatching = false
    }
  }

  /** Reads the codes that begin so; with `more`, those behind the ones that are shown. */
  async readCodes({ more = false } = {}): Promise<void> {
    const asked = (this.#asked += 1)
    this.problem = ''
    try {
      const { promotion } = await request(fetch, ReadCodes, {
        id: this.#id,
        first: CODES,
        after: more ? (this.codes?.pageInfo.endCursor ?? null) : null,
        startsWith: this.startsWith.trim() || null,
      })
      // What was typed since is asked for already.
      if (asked !== this.#asked || !promotion) return
      const before = more ? (this.codes?.nodes ?? []) : []
      this.codes = { ...promotion.coupons, nodes: [...before, ...promotion.coupons.nodes] }
    } catch (cause) {
      this.problem = explain(cause)
    }
  }

  /** The page is left: nobody looks any more. */
  leave(): void {
    this.#isLeft = true
  }
}

/** The codes of a batch as a file. The API takes a cookie only with its header, which a plain link cannot send. */
export const download = async ({ exportPath, name, id }: BatchData): Promise<void> => {
  const answer = await fetch(exportPath, { headers: { 'hilo-csrf': '1' } })
  if (!answer.ok) throw new Error(answer.statusText)
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = `${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-') || id}.csv`
  link.click()
  URL.revokeObjectURL(address)
}
