import { registerRefusals } from '@hilo/graphql'
import { SEARCH } from '../errors.ts'
import './product-search.ts'
import './status.ts'
import './suggest.ts'
import './synonym.ts'

registerRefusals(SEARCH.catalogue)
