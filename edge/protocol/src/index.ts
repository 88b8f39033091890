export { asyncApiDocument } from './asyncapi.ts'
export type { AnswerTo, Attachment, DeviceMessage, PublishOptions } from './attachment.ts'
export { catalogPrice, type CatalogPrice, catalogPromotion, catalogStock } from './catalog.ts'
export { decode, encode, MAX_PAYLOAD_BYTES } from './codec.ts'
export { type MoneyPayload, PROTOCOL_VERSION } from './fields.ts'
export type { Logger } from './logger.ts'
export {
  type Acknowledgement,
  acknowledgement,
  notification,
  type NotificationPayload,
} from './notification.ts'
export { EDGE } from './refusals.ts'
export {
  type CancelReply,
  type Failure,
  failure,
  isRid,
  type PriceReply,
  type PurchaseReply,
  replies,
  type Reply,
  type TimeReply,
} from './reply.ts'
export { type Reading, reading, type Status, status } from './report.ts'
export type { CancelRequest, PriceRequest, PurchaseRequest } from './request.ts'
export { type OpenedRequest, openRequest, signedRequest, signedText } from './signed.ts'
export {
  buildTopic,
  canBuildTopic,
  devicePrefix,
  isTopicPart,
  MAX_TOPIC_BYTES,
  MAX_TOPIC_LEVELS,
  parseTopic,
  type TopicAddress,
  type TopicKind,
  TOPICS,
  UPWARD,
} from './topic.ts'
export { isVerb, requests, type Verb } from './verbs.ts'
