import { m } from '#lib/paraglide/messages.js'
import type { MarketData } from './market.ts'

/** A way to reckon: what it is called, and a sentence that says what it does. */
interface Way {
  readonly label: () => string
  readonly text: () => string
}

/** What happens where several promotions fit the same item. */
export const STACKING: Readonly<Record<MarketData['stacking'], Way>> = {
  STACK: { label: m.stacking_stack, text: m.stacking_stack_text },
  BEST_DEAL: { label: m.stacking_best, text: m.stacking_best_text },
}

/** Where tax is rounded. */
export const TAX_PER: Readonly<Record<MarketData['taxPer'], Way>> = {
  LINE: { label: m.market_tax_line, text: m.market_tax_line_text },
  UNIT: { label: m.market_tax_unit, text: m.market_tax_unit_text },
  ORDER: { label: m.market_tax_order, text: m.market_tax_order_text },
}

/** Ways to choose from. */
export const optionsOf = <Value extends string>(ways: Readonly<Record<Value, Way>>) =>
  (Object.keys(ways) as Value[]).map((value) => ({ value, label: ways[value].label() }))
