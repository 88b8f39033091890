import type { Tone } from '#lib/ui/Badge.svelte'
import { m } from '#lib/paraglide/messages.js'
import type { DeliveryData, DeliveryState, EndpointData } from './endpoint.ts'

const STATES: Readonly<Record<DeliveryState, readonly [name: () => string, tone: Tone]>> = {
  PENDING: [m.delivery_state_pending, 'accent'],
  DELIVERED: [m.delivery_state_delivered, 'good'],
  FAILED: [m.delivery_state_failed, 'bad'],
  DISABLED: [m.delivery_state_disabled, 'neutral'],
}

/** Every state of a delivery with its name. */
export const deliveryStates = (): { value: DeliveryState; label: string }[] =>
  Object.entries(STATES).map(([value, [name]]) => ({ value: value as DeliveryState, label: name() }))

/** The state named in an address, if it is one. */
export const deliveryStateOf = (text: string | null): DeliveryState | undefined =>
  deliveryStates().find(({ value }) => value === text)?.value

/** What a state is called, and how it feels; one that waits after a failure needs a look. */
export const deliveryStateLook = ({ state, attempts }: DeliveryData): { label: string; tone: Tone } => {
  if (state === 'PENDING' && attempts > 0) return { label: m.delivery_state_retrying(), tone: 'warn' }
  const [name, tone] = STATES[state]
  return { label: name(), tone }
}

/** How an endpoint stands. */
export const endpointLook = ({
  active,
  disabledReason,
  failingSince,
}: EndpointData): { label: string; tone: Tone } => {
  if (disabledReason) return { label: m.webhook_state_stopped(), tone: 'bad' }
  if (!active) return { label: m.webhook_state_off(), tone: 'neutral' }
  return failingSince
    ? { label: m.webhook_state_failing(), tone: 'warn' }
    : { label: m.webhook_state_on(), tone: 'good' }
}

/** What an endpoint listens to, in few words. */
export const eventsOf = ({ eventTypes }: Pick<EndpointData, 'eventTypes'>): string =>
  eventTypes.includes('*') ? m.webhook_events_all() : eventTypes.join(', ')

/** What was answered: a status, or why nothing was. */
export const answerOf = ({ lastStatus, lastError }: DeliveryData): string =>
  lastStatus === null ? (lastError ?? '–') : `HTTP ${lastStatus}`
