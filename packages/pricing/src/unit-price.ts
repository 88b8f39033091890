import { divideRounded } from '@hilo/kernel'

/**
 * The price of a reference amount (1 kg, 100 ml) out of the price of one, which is multiplied and divided to get there.
 * Rounded half away from zero to a minor unit for people to compare; nothing is ever reckoned from it.
 */
export const unitPrice = (
  amountMinor: bigint,
  { multiply, divide }: { readonly multiply: bigint; readonly divide: bigint },
): bigint => divideRounded(amountMinor * multiply, divide)
