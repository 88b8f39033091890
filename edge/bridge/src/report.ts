import { acknowledgement, decode, reading, status, type Logger, type TopicAddress } from '@hilo/protocol'
import { ACKNOWLEDGE, REPORT_READING, REPORT_STATE, type ReportData } from './api/documents.ts'
import type { Asking } from './verbs/verb.ts'

/** The topics that are told and get no reply. */
export type ReportAddress = TopicAddress<'status' | 'reading' | 'acknowledgement'>

interface Report {
  readonly document: string
  readonly input: object
}

/** How far a device's clock may run ahead, and how old a reading may be, in milliseconds. */
const AHEAD = 300_000
const OLDEST = 30 * 86_400_000

const measuredAt = (ts: number | undefined, at: number): string =>
  new Date(ts !== undefined && ts <= at + AHEAD && ts >= at - OLDEST ? ts : at).toISOString()

const understand = (
  address: ReportAddress,
  payload: Uint8Array,
  at: number,
): Report | { readonly code: string } => {
  switch (address.kind) {
    case 'status': {
      const said = decode(status, payload)
      if (!said.ok) return said.error
      const { state, firmware } = said.value
      // A will carries the time of the connection it was left with, so only the time it came tells something.
      const input = { state: state.toUpperCase(), firmware, at: new Date(at).toISOString() }
      return { document: REPORT_STATE, input }
    }
    case 'reading': {
      const said = decode(reading, payload)
      if (!said.ok) return said.error
      const { value, unit, ts } = said.value
      return { document: REPORT_READING, input: { name: address.name, value, unit, at: measuredAt(ts, at) } }
    }
    case 'acknowledgement': {
      const said = decode(acknowledgement, payload.length > 0 ? payload : new TextEncoder().encode('{}'))
      return said.ok
        ? { document: ACKNOWLEDGE, input: { id: address.nid, action: said.value.action } }
        : said.error
    }
  }
}

/** Tells the API what a device reported. What makes no sense is dropped with a line in the log. */
export const report = async (
  address: ReportAddress,
  payload: Uint8Array,
  { asking: { device, at, ask }, log }: { asking: Asking; log: Logger },
): Promise<void> => {
  const understood = understand(address, payload, at)
  if ('code' in understood) {
    log.info({ device, kind: address.kind, code: understood.code }, 'report not understood')
    return
  }
  const { document, input } = understood
  const { report: answer } = await ask<ReportData>(document, { input })
  const [refusal] = answer.userErrors
  if (refusal) log.info({ device, kind: address.kind, code: refusal.code }, 'report refused')
}
