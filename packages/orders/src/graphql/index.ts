import { registerRefusals } from '@hilo/graphql'
import { ORDERS } from '../errors.ts'
import './download.ts'
import './order-change.ts'
import './order-line.ts'
import './order-line-price.ts'
import './order-mutations.ts'
import './order-queries.ts'
import './order-totals.ts'
import './simulation.ts'
import './simulation-mutations.ts'
import './order.ts'

export { resolveOrders } from './order-lists.ts'
export { order, OrderConnection } from './order-nodes.ts'

registerRefusals(ORDERS.catalogue)
