import { registerRefusals } from '@hilo/graphql'
import { CARTS } from '../errors.ts'

export { AddressInput, AddressType } from './address.ts'
export { cart } from './cart.ts'
export { MissedGift } from './missed-gift.ts'
export { type TaxSummary, TaxSummaryType } from './tax-summary.ts'
import './cart-change.ts'
import './cart-create.ts'
import './cart-mutations.ts'

registerRefusals(CARTS.catalogue)
