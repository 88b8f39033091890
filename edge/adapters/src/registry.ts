import type { Adapter } from './adapter.ts'
import { hilo } from './hilo/hilo.ts'

/** Every adapter, by the name of its folder. */
export const ADAPTERS: Readonly<Record<string, Adapter>> = {
  hilo,
}
