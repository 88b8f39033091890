import type { Localized, Uuid } from '@hilo/kernel'
import type { Difference } from './difference.ts'
import type { Expectation } from './judge.ts'
import type { Missing } from './missing.ts'
import type { ParityTarget } from './report.ts'

/** Watches of a shop at most: each is checked again whenever a price may have changed. */
export const MAX_WATCHES = 100

/** Variants of a watch times its viewers at most: it is checked often. */
export const MAX_WATCHED_CELLS = 2_000

/** Findings that are kept and told; beyond them they are only counted. */
export const MAX_FINDINGS = 50

/** What is watched, with database ids; JSON. */
export interface Watched extends Expectation {
  readonly target: ParityTarget
  readonly channelIds: readonly Uuid[]
  readonly segmentIds: readonly (Uuid | null)[]
  readonly deviceKinds: readonly (string | null)[]
  /** Hours from each check: 0 is now, 24 sees tomorrow's prices coming. */
  readonly hours: readonly number[]
}

/** A finding as it is kept: for whom, by names, so that it says the same whatever becomes of them. */
export interface KeptFinding {
  readonly sku: string
  /** The public id. */
  readonly variantId: string
  readonly viewer: string
  readonly baseline: string
  readonly unitMinor: number | null
  readonly baselineMinor: number | null
  readonly currency: string
  readonly reasons: readonly Pick<Difference, 'code' | 'facts'>[]
  readonly messages: { readonly en: readonly string[]; readonly es: readonly string[] }
}

/** `NEW` until it was checked once; `BROKEN` by differences, or because what it compares is missing. */
export const WATCH_STATES = ['NEW', 'HOLDS', 'BROKEN'] as const

/** A comparison that the worker repeats. */
export interface ParityWatch {
  readonly id: Uuid
  readonly name: string
  readonly asked: Watched
  readonly state: (typeof WATCH_STATES)[number]
  readonly findings: readonly KeptFinding[]
  readonly findingCount: number
  /** What is gone, so that nothing can be compared; null when all is there. */
  readonly missing: Missing | null
  /** What its category or collection was called when it was there last. */
  readonly called: Localized | null
  readonly checkedAt: Date | null
  readonly version: number
  readonly createdAt: Date
}
