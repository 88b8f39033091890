import { type Actor, may } from '@hilo/kernel'
import { type PricedCart, shoppersTrace, type TraceEntry } from '@hilo/pricing'

/** The trace of a pricing as who asks may read it: whole with promotions:read, else as a shopper. See ADR 19. */
export const readableTrace = (
  actor: Actor,
  priced: Pick<PricedCart, 'trace' | 'codes' | 'offers'>,
): TraceEntry[] => (may(actor, 'promotions:read') ? [...priced.trace] : shoppersTrace(priced))

/** What is said of each field that answers with it. */
export const TRACE_DESCRIPTION =
  'Why each promotion does or does not apply. Who may not read promotions sees neither those that are for others or for another time, nor what is left of a budget.'
