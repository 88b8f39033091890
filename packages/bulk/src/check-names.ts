import type { Context } from '@hilo/db'
import { NOUNS, ok, type Result, type Sentence } from '@hilo/kernel'
import { sql } from 'kysely'
import { BULK } from './errors.ts'
import { REASONS } from './words.ts'
import type { ExportWhere, ImportSettings } from './job.ts'

type Names = Pick<ImportSettings, 'priceList' | 'saleList' | 'location' | 'productType' | 'channels'> &
  Pick<ExportWhere, 'category' | 'status'>

const NOUN_OF: Readonly<Record<keyof Names, Sentence>> = {
  category: NOUNS.category,
  channels: NOUNS.channel,
  location: NOUNS.location,
  priceList: NOUNS.priceList,
  productType: NOUNS.productType,
  saleList: NOUNS.priceList,
  status: { en: 'status', es: 'el estado' },
}

const STATUSES: readonly string[] = ['DRAFT', 'PUBLISHED', 'ARCHIVED']

/** Refuses with `BULK_SETTINGS_INVALID` what a job names that the shop has not, before it begins; one statement. */
export const checkNames = async ({ db }: Context, names: Names): Promise<Result<null>> => {
  const { status, channels = [], ...codes } = names
  const refuse = (field: keyof Names, name: string) => {
    const reason = REASONS.unknown(NOUN_OF[field], name.slice(0, 60))
    return BULK.refuse('BULK_SETTINGS_INVALID', { reason }, [field])
  }
  if (status !== undefined && !STATUSES.includes(status)) return refuse('status', status)
  const wanted = [...Object.entries(codes), ...channels.map((code) => ['channels', code] as const)]
  const { rows } = await sql<{ field: keyof Names; name: string }>`
    select field, name
    from unnest(${wanted.map(([field]) => field)}::text[], ${wanted.map(([, code]) => code ?? null)}::text[])
      as wanted(field, name)
    where name is not null and not case field
      when 'priceList' then exists (select from price_list where code = wanted.name)
      when 'saleList' then exists (select from price_list where code = wanted.name)
      when 'location' then exists (select from location where code = wanted.name)
      when 'productType' then exists (select from product_type where code = wanted.name)
      when 'category' then exists (select from category where slug = wanted.name)
      when 'channels' then exists (select from channel where code = wanted.name)
      else true end
    limit 1`.execute(db)
  const [missing] = rows
  return missing ? refuse(missing.field, missing.name) : ok(null)
}
