import type { Channel } from '@hilo/kernel'
import type { Place } from '@hilo/pricing'
import type { Viewer } from '../view-as/viewer.ts'

/** Cells of one report at most. */
export const MAX_CELLS = 10_000

/** Values of one dimension at most. */
export const MAX_VALUES = 50

/** Whom, from where and when a report compares; every combination is a column. */
export interface ParityDimensions {
  readonly channels: readonly Channel[]
  /** Segments, each alone; null is a guest. */
  readonly segments: readonly ({ readonly id: string; readonly code: string } | null)[]
  /** Kinds of devices; null is no device. */
  readonly deviceKinds: readonly (string | null)[]
  readonly times: readonly Date[]
  readonly place?: Place | null
}

/** One viewer of a report. */
export interface ParityColumn extends Pick<Viewer, 'channel' | 'deviceKind' | 'at'> {
  readonly segment: { readonly id: string; readonly code: string } | null
}

/** How many columns there are, without making them. */
export const widthOf = ({ channels, segments, deviceKinds, times }: ParityDimensions): number =>
  channels.length * times.length * segments.length * deviceKinds.length

/** Every combination of the dimensions, channel by channel. */
export const columnsOf = ({ channels, segments, deviceKinds, times }: ParityDimensions): ParityColumn[] =>
  channels.flatMap((channel) =>
    times.flatMap((at) =>
      segments.flatMap((segment) => deviceKinds.map((deviceKind) => ({ channel, at, segment, deviceKind }))),
    ),
  )
