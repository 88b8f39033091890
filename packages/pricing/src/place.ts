import type { Place } from './cart.ts'

/** The mean radius of the Earth, IUGG. */
const EARTH_METRES = 6_371_009

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** The distance along the surface, by the haversine formula: exact to half a percent. */
export const metresBetween = (a: Place, b: Place): number => {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const across = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude))
  const haversine = half(a.latitude, b.latitude) + across * half(a.longitude, b.longitude)
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(haversine)))
}
