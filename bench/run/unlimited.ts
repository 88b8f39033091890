import { readLimits } from '@hilo/api/limits'

/** The load is one actor, who would soon have spent its allowance. */
export const UNLIMITED = readLimits(
  'cost=inf guest.burst=inf guest.perSecond=inf customer.burst=inf device.burst=inf staff.burst=inf app.burst=inf',
)
