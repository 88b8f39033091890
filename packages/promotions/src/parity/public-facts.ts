import { encodeId } from '@hilo/kernel'
import type { Difference } from './difference.ts'

const KINDS = { list: 'priceList', otherList: 'priceList', promotionId: 'promotion' } as const

/** The facts of a reason with public ids. */
export const publicFacts = ({ facts }: Pick<Difference, 'facts'>): Difference['facts'] =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      const kind = name in KINDS ? KINDS[name as keyof typeof KINDS] : undefined
      return [name, kind && typeof fact === 'string' ? encodeId(kind, fact) : fact]
    }),
  )
