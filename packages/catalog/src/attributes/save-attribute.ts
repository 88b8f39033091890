import { appendEvents, changesBetween, type Context, type Json } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { definitionEvent } from '../events.ts'
import { onceUnique } from '../unique-violation.ts'
import { type Attribute, type AttributeKind, maxLengthOf } from './attribute.ts'
import { lockAttribute } from './attribute-queries.ts'
import { checkDefinition, type ChoiceInput, type Definition } from './check-attribute.ts'
import { ATTRIBUTE_REFUSALS } from './errors.ts'
import { hexColor } from './read-value.ts'
import { rulesWith } from './rules-with.ts'
import { choiceInUse, productsOutside, productsWith } from './value-uses.ts'

const { refuse } = ATTRIBUTE_REFUSALS

/** An attribute to create; what is left out it does not have. */
export interface NewAttribute {
  readonly code: string
  readonly name: Localized
  readonly kind: AttributeKind
  readonly unit?: string | null
  readonly localized?: boolean | null
  readonly filterable?: boolean | null
  readonly internal?: boolean | null
  readonly minimum?: number | null
  readonly maximum?: number | null
  readonly maxLength?: number | null
  readonly choices?: readonly ChoiceInput[] | null
}

/** What to change of an attribute: what is left out stays; `null` takes a unit or a limit away. */
export type AttributeChange = Partial<Omit<NewAttribute, 'kind'>> & {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly kind?: AttributeKind | null
}

const columnsOf = (definition: Definition) => ({
  code: definition.code,
  name: JSON.stringify(definition.name),
  kind: definition.kind,
  unit: definition.unit,
  localized: definition.localized,
  filterable: definition.filterable,
  internal: definition.internal,
  minimum: definition.minimum,
  maximum: definition.maximum,
  max_length: definition.maxLength,
})

const choiceRows = (attributeId: Uuid, choices: readonly ChoiceInput[], known = new Map<string, Uuid>()) =>
  choices.map(({ code, name, color }, position) => ({
    id: known.get(code) ?? newId(),
    attribute_id: attributeId,
    code,
    name: JSON.stringify(name),
    color: color == null ? null : hexColor(color)!,
    position,
  }))

const definitionOf = (input: NewAttribute): Definition => ({
  code: input.code,
  name: input.name,
  kind: input.kind,
  unit: input.unit ?? null,
  localized: input.localized ?? false,
  filterable: input.filterable ?? false,
  internal: input.internal ?? false,
  minimum: input.minimum ?? null,
  maximum: input.maximum ?? null,
  maxLength: input.maxLength ?? null,
  choices: input.choices ?? [],
})

/** Creates an attribute. Refuses settings that do not go with its kind, and a code that is taken. */
export const createAttribute = async (
  ctx: Context,
  input: NewAttribute,
): Promise<Result<{ attributeId: Uuid }>> => {
  const definition = definitionOf(input)
  const checked = checkDefinition(definition)
  if (!checked.ok) return checked
  const id = newId()
  const inserted = await ctx.db
    .insertInto('attribute')
    .values({ id, ...columnsOf(definition), created_at: ctx.now(), updated_at: ctx.now() })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return refuse('ATTRIBUTE_CODE_TAKEN', { attribute: input.code }, ['code'])
  const rows = choiceRows(id, definition.choices)
  if (rows.length > 0) await ctx.db.insertInto('attribute_choice').values(rows).execute()
  await appendEvents(ctx, [definitionEvent('AttributeCreated.v1', { attributeId: id, code: input.code })])
  return ok({ attributeId: id })
}

const changed = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given)

const merge = (before: Attribute, change: AttributeChange): Definition => ({
  code: change.code ?? before.code,
  name: change.name ?? before.name,
  kind: change.kind ?? before.kind,
  unit: changed(change.unit, before.unit),
  localized: change.localized ?? before.localized,
  filterable: change.filterable ?? before.filterable,
  internal: change.internal ?? before.internal,
  minimum: changed(change.minimum, before.minimum),
  maximum: changed(change.maximum, before.maximum),
  maxLength: changed(change.maxLength, before.maxLength),
  choices: change.choices ?? before.choices,
})

/** Refuses what would leave a rule of a collection with an attribute that nothing can be filtered by. */
const checkRules = async (
  ctx: Context,
  attribute: string,
  path: readonly string[],
): Promise<Result<null>> => {
  const collections = await rulesWith(ctx.db, attribute)
  return collections.length > 0 ? refuse('ATTRIBUTE_IN_RULES', { attribute, collections }, path) : ok(null)
}

/** Refuses what the values that are there do not allow. */
const checkValues = async (
  ctx: Context,
  before: Attribute,
  after: Definition,
): Promise<Result<Definition>> => {
  const { id, code: attribute } = before
  if (after.kind !== before.kind || after.localized !== before.localized) {
    const products = await productsWith(ctx.db, id)
    if (products > 0) return refuse('ATTRIBUTE_KIND_FIXED', { attribute, products }, ['kind'])
    return ok(after)
  }
  const codes = new Set(after.choices.map(({ code }) => code))
  const removed = before.choices.filter(({ code }) => !codes.has(code)).map((choice) => choice.id)
  const used = removed.length > 0 ? await choiceInUse(ctx.db, removed) : undefined
  if (used) return refuse('CHOICE_IN_USE', used, ['choices'])
  const limits = {
    minimum: after.minimum ?? -Infinity,
    maximum: after.maximum ?? Infinity,
    maxLength: maxLengthOf(after),
  }
  const isNarrower =
    limits.minimum > (before.minimum ?? -Infinity) ||
    limits.maximum < (before.maximum ?? Infinity) ||
    limits.maxLength < maxLengthOf(before)
  const products = isNarrower ? await productsOutside(ctx.db, id, limits) : 0
  if (products === 0) return ok(after)
  const path = after.kind === 'NUMBER' ? 'minimum' : 'maxLength'
  return refuse('ATTRIBUTE_LIMITS_BROKEN', { attribute, products }, [path])
}

const saveChoices = async (ctx: Context, before: Attribute, choices: readonly ChoiceInput[]) => {
  const known = new Map(before.choices.map(({ code, id }) => [code, id]))
  const rows = choiceRows(before.id, choices, known)
  const kept = new Set(rows.map(({ id }) => id))
  const removed = before.choices.flatMap(({ id }) => (kept.has(id) ? [] : [id]))
  if (removed.length > 0) await ctx.db.deleteFrom('attribute_choice').where('id', 'in', removed).execute()
  if (rows.length === 0) return
  await ctx.db
    .insertInto('attribute_choice')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'),
        color: eb.ref('excluded.color'),
        position: eb.ref('excluded.position'),
      })),
    )
    .execute()
}

/** What the audit compares: choices by code, without their ids. */
const audited = ({ choices, ...definition }: Definition): Record<string, Json> => ({
  code: definition.code,
  name: definition.name,
  kind: definition.kind,
  unit: definition.unit,
  localized: definition.localized,
  filterable: definition.filterable,
  internal: definition.internal,
  minimum: definition.minimum,
  maximum: definition.maximum,
  maxLength: definition.maxLength,
  choices: choices.map(({ code, name, color }) => ({ code, name, color: color ?? null })),
})

/** Changes an attribute, and counts its version up. Its kind stays once a product has a value. */
export const updateAttribute = async (
  ctx: Context,
  change: AttributeChange,
): Promise<Result<{ attributeId: Uuid }>> => {
  const { id } = change
  const before = await lockAttribute(ctx.db, id)
  if (!before) return COMMON.refuse('NOT_FOUND', { kind: 'attribute', id: encodeId('attribute', id) }, ['id'])
  if (change.ifVersion != null && change.ifVersion !== before.version)
    return COMMON.refuse('VERSION_CONFLICT', { current: before.version }, ['ifVersion'])
  const after = merge(before, change)
  const checked = checkDefinition(after)
  if (!checked.ok) return checked
  const allowed = await checkValues(ctx, before, after)
  if (!allowed.ok) return allowed
  if (after.code !== before.code || (before.filterable && !after.filterable)) {
    const free = await checkRules(ctx, before.code, [after.code === before.code ? 'filterable' : 'code'])
    if (!free.ok) return free
  }
  const saved = await onceUnique('attribute_code_key', async () => {
    await ctx.db
      .updateTable('attribute')
      .set((eb) => ({ ...columnsOf(after), version: eb('version', '+', 1), updated_at: ctx.now() }))
      .where('id', '=', id)
      .execute()
  })
  if (!saved) return refuse('ATTRIBUTE_CODE_TAKEN', { attribute: after.code }, ['code'])
  if (change.choices) await saveChoices(ctx, before, after.choices)
  const event = definitionEvent('AttributeUpdated.v1', { attributeId: id, code: after.code })
  await appendEvents(ctx, [{ ...event, changed: changesBetween(audited(before), audited(after)) }])
  return ok({ attributeId: id })
}

/** Deletes an attribute that no product has a value of, and takes it out of every type. */
export const deleteAttribute = async (ctx: Context, id: Uuid): Promise<Result<{ attributeId: Uuid }>> => {
  const attribute = await lockAttribute(ctx.db, id)
  if (!attribute)
    return COMMON.refuse('NOT_FOUND', { kind: 'attribute', id: encodeId('attribute', id) }, ['id'])
  const products = await productsWith(ctx.db, id)
  if (products > 0) return refuse('ATTRIBUTE_IN_USE', { attribute: attribute.code, products }, ['id'])
  const free = await checkRules(ctx, attribute.code, ['id'])
  if (!free.ok) return free
  await ctx.db.deleteFrom('product_type_attribute').where('attribute_id', '=', id).execute()
  await ctx.db.deleteFrom('attribute').where('id', '=', id).execute()
  const fact = { attributeId: id, code: attribute.code }
  await appendEvents(ctx, [definitionEvent('AttributeDeleted.v1', fact)])
  return ok({ attributeId: id })
}
