import type { JsonSchema } from '@hilo/pricing'
import { minorText, parseAmount } from '#lib/format/money.ts'
import { parsePercent, percentText } from '#lib/format/percent.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { resolved } from './definition-schema.ts'

/** How a value is typed and shown. What cannot be read stays in the draft as the text that it is. */
export interface Reader {
  /** `undefined` when the text is none. */
  readonly parse: (text: string) => number | string | undefined
  readonly show: (value: number | string) => string
  /** What is wrong with a text that cannot be read. */
  readonly problem: () => string
  readonly suffix?: string
  readonly inputmode: 'decimal' | 'numeric' | 'text'
}

const decimal = (text: string): number | undefined => {
  const number = Number(text.trim().replace(',', '.'))
  return text.trim() && Number.isFinite(number) ? number : undefined
}

const show = (value: number | string): string =>
  new Intl.NumberFormat(getLocale(), { useGrouping: false, maximumFractionDigits: 10 }).format(Number(value))

const within = (value: number | undefined, schema: JsonSchema): number | undefined => {
  if (value === undefined || !('minimum' in schema)) return value
  return value >= schema.minimum && value <= schema.maximum ? value : undefined
}

const numberReader = (schema: JsonSchema): Reader => {
  const isWhole = 'type' in schema && schema.type === 'integer'
  const parse = (text: string) => {
    const value = within(decimal(text), schema)
    return isWhole && !Number.isInteger(value) ? undefined : value
  }
  return {
    parse,
    show,
    problem: isWhole ? m.promotion_whole_invalid : m.promotion_number_invalid,
    inputmode: isWhole ? 'numeric' : 'decimal',
  }
}

const PPM = 1_000_000

/** `9` is `09:00`, `1730` is `17:30`; midnight at the end of a day is `24:00`. */
export const wallTime = (text: string): string | undefined => {
  const digits = /^(\d{1,2})(?:[:.h]?(\d{2}))?h?$/.exec(text.trim())
  if (!digits) return undefined
  const [hour, minute] = [Number(digits[1]), Number(digits[2] ?? 0)]
  if (minute > 59 || hour * 60 + minute > 24 * 60) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** How an amount of a currency is typed: in the draft it is minor units. */
export const moneyReader = (currency: string): Reader => ({
  parse: (text) => parseAmount(text, currency) || undefined,
  show: (value) => minorText({ amountMinor: Number(value), currency }),
  problem: () => m.variant_price_invalid({ currency }),
  suffix: currency,
  inputmode: 'decimal',
})

/** How the value of a field is typed. */
export const readerOf = (widget: string, of: JsonSchema): Reader => {
  const schema = resolved(of)
  if (widget === 'percent')
    return {
      parse: parsePercent,
      show: (value) => percentText(Number(value)),
      problem: m.promotion_rate_invalid,
      suffix: '%',
      inputmode: 'decimal',
    }
  if (widget === 'factor')
    return {
      parse: (text) => {
        const factor = decimal(text)
        return within(factor === undefined ? undefined : Math.round(factor * PPM), schema)
      },
      show: (value) => show(Number(value) / PPM),
      problem: m.promotion_factor_invalid,
      suffix: '×',
      inputmode: 'decimal',
    }
  if (widget === 'wall-time')
    return { parse: wallTime, show: String, problem: m.promotion_time_invalid, inputmode: 'numeric' }
  if (widget === 'text')
    return {
      parse: (text) => text.trim() || undefined,
      show: String,
      problem: m.required_field,
      inputmode: 'text',
    }
  return numberReader(schema)
}

/** True for a text that stands where a value should, because it could not be read. */
export const isUnread = (value: unknown, reader: Reader): value is string =>
  typeof value === 'string' && reader.parse(value) !== value

/** What the field shows of a value: the text as typed while that says the same, so that it does not move. */
export const shownText = (value: unknown, typed: string, reader: Reader): string => {
  if (value === undefined) return typed.trim() ? '' : typed
  if (typeof value !== 'number' && typeof value !== 'string') return ''
  if (valueOf(typed, reader) === value) return typed
  return isUnread(value, reader) ? value : reader.show(value)
}

/** What goes into the draft for a text: its value, the text itself when it is none, nothing for an empty field. */
export const valueOf = (text: string, reader: Reader): number | string | undefined =>
  text.trim() ? (reader.parse(text) ?? text) : undefined
