import { registerRefusals } from '@hilo/graphql'
import { PRICING } from '@hilo/pricing'
import { PROMOTION_REFUSALS } from '../errors.ts'
import { PARITY } from '../parity/errors.ts'
import { PRICE_TOKENS } from '../price-token/errors.ts'
import { VIEWS } from '../view-as/errors.ts'
import './changes.ts'
import './offer-mutations.ts'
import './promotion-mutations.ts'
import './promotion-schema.ts'
import './parity.ts'
import './parity-watch.ts'
import './price-token.ts'
import './shelf-price.ts'
import './translations.ts'
import './unit-price.ts'
import './view-as.ts'

export { AllocationType, PromotionApplicationType, PromotionTraceType } from './application.ts'
export { lowestPriceOf } from './lowest-price.ts'
export { PlaceInput } from './place.ts'
export { priceTokenFor, readPriceToken } from './price-token.ts'
export { promotion } from './promotion.ts'
export { readableTrace, TRACE_DESCRIPTION } from './readable-trace.ts'

registerRefusals(PROMOTION_REFUSALS.catalogue)
registerRefusals(PRICE_TOKENS.catalogue)
registerRefusals(PARITY.catalogue)
registerRefusals(VIEWS.catalogue)
registerRefusals(PRICING.catalogue)
