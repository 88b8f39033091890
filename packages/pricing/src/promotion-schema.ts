import { CHANNEL_KINDS } from '@hilo/kernel'
import { CONDITIONS } from './conditions.ts'
import { PROMOTION_CLASSES } from './definition.ts'
import { EFFECTS } from './effects.ts'
import { ITEMS_SCHEMA } from './item-predicate.ts'
import type { JsonSchema, ObjectSchema } from './json-schema.ts'

const CODES = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 64 },
  minItems: 1,
  maxItems: 1_000,
} as const
const TIME = { type: 'string', format: 'date-time' } as const
const AMOUNT = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const
const CURRENCY = { type: 'string', format: 'currency' } as const

/** What `$ref`s in the schemas of effects and conditions name. */
export const PROMOTION_DEFS: Readonly<Record<string, JsonSchema>> = {
  amounts: { type: 'object', minProperties: 1, propertyNames: CURRENCY, additionalProperties: AMOUNT },
  items: ITEMS_SCHEMA,
}

const ROOT: ObjectSchema = {
  type: 'object',
  required: ['v', 'trigger', 'effect'],
  additionalProperties: false,
  properties: {
    v: { const: 1 },
    trigger: { type: 'string', enum: ['AUTOMATIC', 'COUPON'] },
    startsAt: TIME,
    endsAt: TIME,
    channels: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: {
        kinds: { type: 'array', items: { type: 'string', enum: CHANNEL_KINDS }, minItems: 1, maxItems: 100 },
        codes: CODES,
      },
    },
    markets: CODES,
    audience: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: { customerGroups: CODES, loggedIn: { type: 'boolean' }, deviceKinds: CODES },
    },
    items: { $ref: '#/$defs/items' },
    conditions: {
      type: 'array',
      maxItems: 20,
      items: { oneOf: Object.values(CONDITIONS).map((kind) => kind.schema) },
    },
    effect: { oneOf: Object.values(EFFECTS).map((kind) => kind.schema) },
    cap: {
      type: 'object',
      required: ['amountMinor', 'currency'],
      additionalProperties: false,
      properties: { amountMinor: AMOUNT, currency: CURRENCY },
    },
    priority: { type: 'integer', minimum: -1_000_000, maximum: 1_000_000 },
    exclusivityGroup: { type: 'string', minLength: 1, maxLength: 64 },
    combinesWith: { type: 'array', items: { type: 'string', enum: PROMOTION_CLASSES }, maxItems: 4 },
  },
}

/** The JSON Schema (draft 2020-12) of a promotion's definition: what the admin draws its form from. */
export const PROMOTION_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Promotion',
  ...ROOT,
  $defs: PROMOTION_DEFS,
} as const
