import { registerRefusals } from '@hilo/graphql'
import { PRICE_REFUSALS } from '../errors.ts'
import './list-prices.ts'
import './price-explanation.ts'
import './price-list-mutations.ts'
import './price-mutations.ts'
import './variant-cost.ts'

export { PriceExplanationType } from './price-explanation.ts'
export { priceList } from './price-list.ts'

registerRefusals(PRICE_REFUSALS.catalogue)
