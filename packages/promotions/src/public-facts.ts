import { encodeId } from '@hilo/kernel'
import type { Facts } from '@hilo/pricing'

const KINDS = {
  list: 'priceList',
  otherList: 'priceList',
  promotionId: 'promotion',
  with: 'promotion',
  variantId: 'variant',
} as const

/** The facts of a reason with public ids. */
export const publicFacts = ({ facts }: { readonly facts: Facts }): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      const kind = name in KINDS ? KINDS[name as keyof typeof KINDS] : undefined
      return [name, kind && typeof fact === 'string' ? encodeId(kind, fact) : fact]
    }),
  )
