import { registerRefusals } from '@hilo/graphql'
import { INVENTORY } from '../errors.ts'

export { location } from './location.ts'
import './availability.ts'
import './location-channels.ts'
import './movement.ts'
import './nearby.ts'
import './stock.ts'

registerRefusals(INVENTORY.catalogue)
