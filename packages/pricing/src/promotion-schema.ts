import { CHANNEL_KINDS } from '@hilo/kernel'
import { CONDITIONS } from './conditions.ts'
import { REDUCING_CLASSES, TRIGGERS } from './definition.ts'
import { EFFECTS } from './effects.ts'
import { ITEMS_SCHEMA } from './item-predicate.ts'
import type { JsonSchema, ObjectSchema } from './json-schema.ts'
import { WEEKDAYS } from './schedule.ts'

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
  codes: CODES,
  items: ITEMS_SCHEMA,
}

const WALL_TIME = { type: 'string', format: 'wall-time' } as const

const SCHEDULE: ObjectSchema = {
  type: 'object',
  required: ['weekly'],
  additionalProperties: false,
  properties: {
    timeZone: { type: 'string', format: 'time-zone', maxLength: 64 },
    weekly: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['days', 'from', 'until'],
        additionalProperties: false,
        properties: {
          days: { type: 'array', items: { type: 'string', enum: WEEKDAYS }, minItems: 1, maxItems: 7 },
          from: WALL_TIME,
          until: WALL_TIME,
        },
      },
    },
  },
}

const AUDIENCE: ObjectSchema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    customerGroups: CODES,
    segments: CODES,
    loyaltyTiers: CODES,
    firstOrder: { type: 'boolean' },
    loggedIn: { type: 'boolean' },
    deviceKinds: CODES,
    near: {
      type: 'object',
      required: ['latitude', 'longitude', 'radiusMetres'],
      additionalProperties: false,
      properties: {
        latitude: { type: 'number', minimum: -90, maximum: 90 },
        longitude: { type: 'number', minimum: -180, maximum: 180 },
        radiusMetres: { type: 'integer', minimum: 1, maximum: 20_000_000 },
      },
    },
  },
}

const ROOT: ObjectSchema = {
  type: 'object',
  required: ['v', 'trigger', 'effect'],
  additionalProperties: false,
  properties: {
    v: { const: 1 },
    trigger: { type: 'string', enum: TRIGGERS },
    startsAt: TIME,
    endsAt: TIME,
    schedule: SCHEDULE,
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
    countries: { type: 'array', items: { type: 'string', format: 'country' }, minItems: 1, maxItems: 300 },
    audience: AUDIENCE,
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
    caps: { $ref: '#/$defs/amounts' },
    priority: { type: 'integer', minimum: -1_000_000, maximum: 1_000_000 },
    exclusivityGroup: { type: 'string', minLength: 1, maxLength: 64 },
    combinesWith: { type: 'array', items: { type: 'string', enum: REDUCING_CLASSES }, maxItems: 4 },
  },
}

/** The JSON Schema (draft 2020-12) of a promotion's definition: what the admin draws its form from. */
export const PROMOTION_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Promotion',
  ...ROOT,
  $defs: PROMOTION_DEFS,
} as const
