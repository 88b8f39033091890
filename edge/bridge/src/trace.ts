import { continueTrace, duration, inSpan, traceparent } from '@hilo/telemetry'
import { isVerb } from '@hilo/protocol'
import type { InboxMessage } from './inbox/inbox.ts'

const handled = duration(
  'hilo_mqtt_message_seconds',
  'Time from the arrival of a message of a device to the end of its handling, by what it is.',
)

/** Also where the request stands as text inside a signed envelope. */
const FIELD = /\\?"traceparent\\?"\s*:\s*\\?"([\da-f-]{55})/

/** The trace that a device brings in the field `traceparent`. Looked for in the text: nothing is decoded before it is kept. */
const broughtTrace = (payload: Uint8Array): string | undefined =>
  FIELD.exec(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('latin1'))?.[1]

/** What a message is, in few words: for names of spans and attributes of metrics. */
const whatOf = (address: { readonly kind: string; readonly verb?: string }): string =>
  address.verb === undefined ? address.kind : isVerb(address.verb) ? address.verb : 'unknown'

type Address = Parameters<typeof whatOf>[0]

/** Takes a message as a part of the device's own trace; `keep` gets what to keep with it. */
export const tracedArrival = <T>(
  address: Address,
  payload: Uint8Array,
  keep: (trace: string | undefined) => Promise<T>,
): Promise<T> =>
  continueTrace(broughtTrace(payload), () =>
    inSpan(`mqtt receive ${whatOf(address)}`, { side: 'consumer' }, () => keep(traceparent())),
  )

/** Handles a kept message in the trace in which it came, be it after a restart; measured until it is done. */
export const tracedHandling = (
  address: Address,
  { trace, at }: Pick<InboxMessage, 'trace' | 'at'>,
  handle: () => Promise<void>,
  now: () => number,
): Promise<void> =>
  continueTrace(trace, () =>
    inSpan(`mqtt handle ${whatOf(address)}`, { side: 'consumer' }, async () => {
      await handle()
      handled(now() - at, { what: whatOf(address) })
    }),
  )
