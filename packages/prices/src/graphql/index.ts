import { registerRefusals } from '@hilo/graphql'
import { PRICE_REFUSALS } from '../errors.ts'
import './price.ts'

export { priceList } from './price-list.ts'

registerRefusals(PRICE_REFUSALS.catalogue)
