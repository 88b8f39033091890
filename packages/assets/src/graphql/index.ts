import { registerRefusals } from '@hilo/graphql'
import { ASSET_REFUSALS } from '../errors.ts'
import './asset-mutations.ts'
import './asset-queries.ts'
import './asset.ts'

export { asset } from './nodes.ts'
export { publicUrl } from './rendition.ts'

registerRefusals(ASSET_REFUSALS.catalogue)
