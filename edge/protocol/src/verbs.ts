import { cancelRequest, confirmRequest, priceRequest, purchaseRequest, timeRequest } from './request.ts'

/** The verbs a device may use now, with the schema of their request. */
export const requests = {
  price: priceRequest,
  purchase: purchaseRequest,
  confirm: confirmRequest,
  cancel: cancelRequest,
  time: timeRequest,
} as const

/** A verb of the protocol. */
export type Verb = keyof typeof requests

/** True for a verb that is understood; others are answered with `VERB_NOT_SUPPORTED`. */
export const isVerb = (verb: string): verb is Verb => Object.hasOwn(requests, verb)
