export type { DirectOrder, PlaceDirectOrder, PlacedOrder } from './place-direct-order.ts'
