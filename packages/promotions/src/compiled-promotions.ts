import type { Uuid } from '@hilo/kernel'
import { type CompiledPromotion, compileStored } from '@hilo/pricing'

/** A version of a definition never changes, so what it compiles to is kept for the life of the process. */
const compiled = new Map<string, CompiledPromotion>()

const MOST = 5_000

/** The name under which a version is kept. */
export const versionKey = ({ id, version }: { readonly id: Uuid; readonly version: number }): string =>
  `${id}:${version}`

/** The versions kept, as keys. */
export const compiledKeys = (): string[] => [...compiled.keys()]

/** A kept version, or one compiled now from its stored definition. */
export const compiledVersion = (key: string, definition: unknown): CompiledPromotion => {
  const kept = compiled.get(key)
  if (kept) return kept
  const promotion = compileStored(definition)
  const [oldest] = compiled.keys()
  if (compiled.size >= MOST && oldest !== undefined) compiled.delete(oldest)
  compiled.set(key, promotion)
  return promotion
}
