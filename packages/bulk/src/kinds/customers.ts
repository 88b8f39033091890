import { readEmail } from '@hilo/access'
import {
  changeCustomer,
  CONSENT_PURPOSES,
  consentsOf,
  insertCustomers,
  setConsent,
  setLoyaltyTier,
} from '@hilo/customers'
import type { Context } from '@hilo/db'
import {
  encodeId,
  err,
  EXPECTED,
  LOCALES,
  newId,
  type Refusal,
  type Result,
  ok,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { checkShape, plainText } from '../check-shape.ts'
import { BULK } from '../errors.ts'
import { idsByKeys, saveKeys } from '../external-keys.ts'
import { unknownName } from '../words.ts'
import { type FlatFields, flatRow, planFlat } from '../flat.ts'
import type { ImportSettings } from '../job.ts'
import { type Entry, type Kind, type Outcome, refusedBecause } from '../kind.ts'

const customerItem = z.strictObject({
  key: plainText(200).min(1).nullish(),
  email: plainText(254).nullish(),
  name: plainText(200).nullish(),
  locale: z.enum(LOCALES).nullish(),
  groups: z.array(plainText(200)).max(200).nullish(),
  consents: z.array(z.enum(CONSENT_PURPOSES)).nullish(),
  loyaltyTier: z
    .string()
    .refine((code) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/.test(code), { params: { expected: EXPECTED.code } })
    .nullish(),
})

type CustomerItem = z.output<typeof customerItem>

const FIELDS: FlatFields = {
  key: 'text',
  email: 'text',
  name: 'text',
  locale: 'text',
  groups: 'list',
  consents: 'list',
  loyaltyTier: 'text',
}

interface Found {
  readonly byKey: ReadonlyMap<string, Uuid>
  readonly byEmail: ReadonlyMap<string, Uuid>
  readonly groups: ReadonlyMap<string, Uuid>
}

interface Planned {
  readonly index: number
  readonly item: CustomerItem
  readonly email: string | undefined
}

const find = async ({ db }: Context, items: readonly Planned[], system: string): Promise<Found> => {
  const emails = items.flatMap(({ email }) => email ?? [])
  const keys = await idsByKeys(
    db,
    { kind: 'CUSTOMER', system },
    items.flatMap(({ item }) => item.key ?? []),
  )
  const [people, groups, there] = await Promise.all([
    db
      .selectFrom('identity')
      .select(['customer_id', sql<string>`lower(value::text)`.as('email')])
      .where('kind', '=', 'EMAIL')
      .where('value', '=', sql<string>`any(${emails}::citext[])`)
      .execute(),
    db.selectFrom('customer_group').select(['id', 'code']).execute(),
    db
      .selectFrom('customer')
      .select('id')
      .where('id', '=', sql<Uuid>`any(${[...keys.values()]}::uuid[])`)
      .execute(),
  ])
  const exists = new Set(there.map(({ id }) => id))
  return {
    byKey: new Map([...keys].filter(([, id]) => exists.has(id))),
    byEmail: new Map(people.map(({ email, customer_id }) => [email, customer_id])),
    groups: new Map(groups.map(({ id, code }) => [code, id])),
  }
}

const shown = ({ key, email }: CustomerItem): string => key ?? email ?? ''

interface Decided {
  readonly id: Uuid | undefined
  readonly groupIds: readonly Uuid[] | undefined
}

const decide = ({ item, email }: Planned, found: Found, { mode }: ImportSettings): Result<Decided> => {
  const holder = email === undefined ? undefined : found.byEmail.get(email.toLowerCase())
  const keyed = item.key == null ? undefined : found.byKey.get(item.key)
  const name = shown(item)
  if (item.key == null && email === undefined)
    return BULK.refuse('ROW_FIELD_MISSING', { field: 'key / email' }, ['key'])
  if (keyed && holder && keyed !== holder) return BULK.refuse('ROW_KEYS_DIFFER', { name: email! }, ['email'])
  const id = keyed ?? holder
  if (id !== undefined && mode === 'CREATE') return BULK.refuse('ROW_EXISTS', { name })
  if (id === undefined && mode === 'UPDATE') return BULK.refuse('ROW_MISSING', { name })
  if (id === undefined && !item.name) return BULK.refuse('ROW_FIELD_MISSING', { field: 'name' }, ['name'])
  const missing = (item.groups ?? []).find((code) => !found.groups.has(code))
  if (missing !== undefined) {
    return err(unknownName('group', missing, ['groups']))
  }
  const groupIds =
    item.groups === undefined
      ? undefined
      : [...new Set(item.groups ?? [])].map((code) => found.groups.get(code)!)
  return ok({ id, groupIds })
}

const setConsents = async (ctx: Context, id: Uuid, wanted: CustomerItem['consents']): Promise<boolean> => {
  if (wanted === undefined) return false
  const given = new Set((await consentsOf(ctx.db, [id])).flatMap((row) => (row.given ? [row.purpose] : [])))
  const others = CONSENT_PURPOSES.filter((purpose) => given.has(purpose) !== (wanted ?? []).includes(purpose))
  for (const purpose of others) {
    await setConsent(ctx, id, { purpose, given: !given.has(purpose) })
  }
  return others.length > 0
}

const change = async (
  ctx: Context,
  { item, email }: Planned,
  { id, groupIds }: Decided,
): Promise<Outcome> => {
  const done = await changeCustomer(ctx, {
    id: id!,
    name: item.name ?? undefined,
    email,
    locale: item.locale ?? undefined,
    groupIds,
    loyaltyTier: item.loyaltyTier,
  })
  if (!done.ok) return refusedBecause([done.error], shown(item))
  const consented = await setConsents(ctx, id!, item.consents)
  return { is: done.value.changed || consented ? 'UPDATED' : 'UNCHANGED' }
}

const create = async (ctx: Context, rows: readonly (Planned & Decided)[]): Promise<readonly Uuid[]> => {
  const people = rows.map(({ item, email, groupIds }) => ({
    id: newId(),
    name: item.name!,
    ...(email !== undefined && { email }),
    ...(item.locale && { locale: item.locale }),
    ...(groupIds && { groupIds }),
    ...(item.consents && { consents: [...new Set(item.consents)] }),
  }))
  await insertCustomers(ctx, people)
  const tiers = Map.groupBy(
    rows.flatMap(({ item }, index) =>
      item.loyaltyTier ? [{ tier: item.loyaltyTier, id: people[index]!.id }] : [],
    ),
    ({ tier }) => tier,
  )
  for (const [tier, members] of tiers)
    await setLoyaltyTier(ctx, { customerIds: members.map(({ id }) => id), tier })
  return people.map(({ id }) => id)
}

const apply = async (
  ctx: Context,
  entries: readonly Entry[],
  settings: ImportSettings,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  const place = { kind: 'CUSTOMER', system: settings.system } as const
  const seen = new Set<string>()
  const items = entries.flatMap(({ item }, index): Planned[] => {
    const shape = checkShape(customerItem, item)
    const email = shape.ok && shape.value.email ? readEmail(shape.value.email) : ok(undefined)
    const refused: Refusal | undefined = shape.ok ? (email.ok ? undefined : email.error) : shape.error
    if (refused) outcomes[index] = refusedBecause([refused])
    if (!shape.ok || !email.ok) return []
    const names = [`e ${email.value?.toLowerCase()}`, `k ${shape.value.key}`]
    const twice =
      (email.value !== undefined && seen.has(names[0]!)) || (shape.value.key != null && seen.has(names[1]!))
    for (const name of names) seen.add(name)
    if (!twice) return [{ index, item: shape.value, email: email.value }]
    const name = shown(shape.value)
    outcomes[index] = refusedBecause([BULK.refuse('ROW_REPEATED', { name }).error], name)
    return []
  })
  const found = await find(ctx, items, settings.system)
  const fresh: (Planned & Decided)[] = []
  const keys: { readonly key: string; readonly id: Uuid }[] = []
  for (const planned of items) {
    const decided = decide(planned, found, settings)
    if (!decided.ok) outcomes[planned.index] = refusedBecause([decided.error], shown(planned.item))
    else if (decided.value.id === undefined) fresh.push({ ...planned, ...decided.value })
    else {
      const outcome = await change(ctx, planned, decided.value)
      outcomes[planned.index] = outcome
      if (outcome.is !== 'REFUSED' && planned.item.key != null)
        keys.push({ key: planned.item.key, id: decided.value.id })
    }
  }
  const made = await create(ctx, fresh)
  for (const [index, row] of fresh.entries()) {
    outcomes[row.index] = { is: 'CREATED' }
    if (row.item.key != null) keys.push({ key: row.item.key, id: made[index]! })
  }
  await saveKeys(ctx.db, place, keys)
  return outcomes
}

interface Exported {
  readonly id: Uuid
  readonly key: string | null
  readonly email: string | null
  readonly name: string
  readonly locale: string
  readonly tier: string | null
  readonly groups: readonly string[]
  readonly consents: readonly string[]
}

const PAGE = 1_000

/** Customers in the order in which they came; one with neither key nor e-mail is named by its id. */
const page: Kind['page'] = async ({ db }, { after, system }) => {
  const [last = '00000000-0000-0000-0000-000000000000'] = after ?? []
  const { rows } = await sql<Exported>`
    select customer.id, external_key.key, name, locale, loyalty_tier as tier,
      (select value::text from identity where customer_id = customer.id and kind = 'EMAIL' limit 1) as email,
      array(select code from customer_group_member join customer_group on customer_group.id = customer_group_id
        where customer_id = customer.id order by code collate "C") as groups,
      array(select purpose from consent where customer_id = customer.id and withdrawn_at is null
        order by purpose collate "C") as consents
    from customer left join external_key
      on external_key.kind = 'CUSTOMER' and external_key.system = ${system} and external_key.id = customer.id
    where customer.id > ${last} order by customer.id limit ${PAGE}`.execute(db)
  return {
    items: rows.map(({ id, key, email, name, locale, tier, groups, consents }) => ({
      key: key ?? (email === null ? encodeId('customer', id) : null),
      email,
      name,
      locale,
      groups,
      consents,
      loyaltyTier: tier,
    })),
    next: rows.length === PAGE ? [rows.at(-1)!.id] : undefined,
  }
}

/** Customers with their e-mail, groups, consents and loyalty tier; no passwords go in or out. */
export const customers: Kind = {
  batch: 500,
  plan: (header, settings) =>
    planFlat(header, settings, { fields: FIELDS, aliases: { emailaddress: 'email' } }),
  apply,
  page,
  columns: async () => Object.keys(FIELDS),
  toRows: (item, columns) => flatRow(item, columns, FIELDS),
}
