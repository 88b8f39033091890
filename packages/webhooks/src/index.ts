export { EVENT_TYPES, fieldWords, type WebhookEventType } from './event-types.ts'
export { forgetDeliveries } from './forget-deliveries.ts'
export { openFile } from './open-file.ts'
export type { Outbound } from './outbound.ts'
export { startWebhooks, type WebhookWork } from './start-webhooks.ts'
export {
  type ReceivedWebhook,
  verifyWebhook,
  type WebhookMessage,
  WebhookVerificationError,
} from './verify.ts'
