import { type ChannelSchedule, checkSchedule } from '@hilo/catalog/bulk'
import type { Refusal, Uuid } from '@hilo/kernel'
import { z } from 'zod'
import { plainText } from '../check-shape.ts'
import { unknownName } from '../words.ts'

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())

/** From when and until when a product is seen, by the codes of its channels; in others it is seen always. */
export const schedulesItem = z.record(
  plainText(200),
  z.strictObject({ from: moment.nullable().default(null), until: moment.nullable().default(null) }),
)

/** Schedules as a file holds them, with times of ISO 8601. */
export type ScheduleCells = z.output<typeof schedulesItem>

/** The schedules of a product with the channels that they name. */
export const planSchedules = (
  given: ScheduleCells | null | undefined,
  channelId: (code: string) => Uuid | undefined,
): { readonly schedules: readonly ChannelSchedule[] | undefined; readonly refused: readonly Refusal[] } => {
  if (given === undefined) return { schedules: undefined, refused: [] }
  const refused: Refusal[] = []
  const schedules = Object.entries(given ?? {}).flatMap(([code, { from, until }]): ChannelSchedule[] => {
    const path = ['schedules', code]
    const id = channelId(code)
    const schedule = {
      from: from === null ? null : new Date(from),
      until: until === null ? null : new Date(until),
    }
    const checked = checkSchedule(schedule, path)
    if (!checked.ok) refused.push(checked.error)
    if (id) return [{ channelId: id, ...schedule }]
    refused.push(unknownName('channel', code, path))
    return []
  })
  return { schedules, refused }
}
