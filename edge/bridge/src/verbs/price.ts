import type { PriceReply, PriceRequest } from '@hilo/protocol'
import { PRICE, type PriceData } from '../api/documents.ts'
import { valueOr, type VerbHandler } from './verb.ts'

type Body = Pick<Extract<PriceReply, { ok: true }>, 'price'>

/** What a slot or SKU costs the device's owner now. */
export const price: VerbHandler<PriceRequest, Body> = {
  memory: 'passing',
  answer: async ({ slot, sku, quantity }, { ask }) => {
    const { devicePrice } = await ask<PriceData>(PRICE, { slot, sku, quantity })
    const found = valueOr(devicePrice, [])
    if (!found.ok) return found
    const { variant, unit, total, token, ...rest } = found.value
    return {
      ok: true,
      value: {
        price: {
          slot: rest.slot ?? undefined,
          sku: variant.sku,
          quantity: rest.quantity,
          unit,
          total,
          token: token ?? undefined,
        },
      },
    }
  },
}
