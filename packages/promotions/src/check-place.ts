import { ok, type Result } from '@hilo/kernel'
import type { Place } from '@hilo/pricing'
import { PROMOTION_REFUSALS } from './errors.ts'

/** Refuses a point that is not on Earth, `PLACE_INVALID`; WGS 84 degrees. */
export const checkPlace = (place: Place | null | undefined, path: readonly string[]): Result<null> =>
  !place || (Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180)
    ? ok(null)
    : PROMOTION_REFUSALS.refuse('PLACE_INVALID', {}, path)
