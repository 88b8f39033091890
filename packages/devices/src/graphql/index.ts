import { registerRefusals } from '@hilo/graphql'
import { DEVICES } from '../errors.ts'
import './device-type.ts'
import './device.ts'
import './device-queries.ts'
import './device-mutations.ts'
import './purchase.ts'
import './report.ts'
import './notification.ts'
import './subscriptions.ts'
import './viewer.ts'

export { device, notification } from './nodes.ts'

registerRefusals(DEVICES.catalogue)
