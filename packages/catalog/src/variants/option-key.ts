import type { Uuid } from '@hilo/kernel'

/** Option values as one text, whatever their order: no two variants of a product have the same. Null for none. */
export const optionKey = (valueIds: readonly Uuid[]): string | null =>
  valueIds.length === 0 ? null : valueIds.toSorted().join(',')
