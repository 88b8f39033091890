import { allChannels } from '@hilo/channels'
import type { Database } from '@hilo/db'
import { newId, systemClock, type Uuid } from '@hilo/kernel'
import { rebuildSearch } from '@hilo/search'
import { sql } from 'kysely'
import { buildShop } from './build-shop.ts'

/** Made-up words: two syllables out of forty make 1,600 of them, of which the first are in many names. */
const WORDS = sql`(
  select array_agg(a.s || b.s || case when c.n = 0 then 'er' else 'on' end order by md5(a.s || b.s || c.n::text))
  from unnest('{ba,ce,di,fo,gu,ha,je,ki,lo,mu,na,pe,ri,so,tu,va,we,xi,yo,zu}'::text[]) as a (s)
  cross join unnest('{bar,cel,din,fos,gul,han,jel,kim,lor,mut,nap,per,rin,sol,tun,val,wen,xil,yor,zum}'::text[]) as b (s)
  cross join generate_series(0, 1) as c (n))`

/** What a shop to search in is. */
export interface SearchShop {
  readonly channelId: Uuid
  readonly products: number
  /** Seconds that making all documents took. */
  readonly indexedIn: number
}

/**
 * Fills a database with products by a few statements, and indexes them: names of three words, one of which half of the
 * products have, descriptions of 24, two attributes, prices and stock in three channels.
 */
export const buildSearchShop = async (database: Database, products: number): Promise<SearchShop> => {
  const { kysely: db } = database
  await buildShop(database, 1)
  const channels = (await allChannels(db)).slice(0, 3)
  const channelIds = channels.map(({ id }) => id)
  const attributes = [newId(), newId()]
  await sql`
    insert into attribute (id, code, name, kind, filterable, created_at, updated_at)
    values (${attributes[0]!}, 'colour', '{"en": "Colour"}', 'TEXT', true, now(), now()),
      (${attributes[1]!}, 'weight', '{"en": "Weight"}', 'NUMBER', true, now(), now())`.execute(db)
  await sql`create table made as
    with said as (select ${WORDS} as words)
    select n, gen_random_uuid() as id, gen_random_uuid() as variant_id,
      -- Low numbers come often: words are as unequal as they are in a language.
      words[1 + floor(800 * power(abs(hashint4(n)) / 2147483648.0, 2))::integer] || ' '
      || words[1 + floor(800 * power(abs(hashint4(n + 7777777)) / 2147483648.0, 2))::integer]
      || case when n % 2 = 0 then ' standard' else ' model' end || ' ' || n as name,
      (select string_agg(words[1 + abs(hashint4(n * 31 + w)) % 800], ' ') from generate_series(1, 24) as w) as description
    from said, generate_series(1, ${products}::integer) as n`.execute(db)
  await sql`
    insert into product (id, slug, name, description, created_at)
    select id, 'made-' || n, jsonb_build_object('en', name), jsonb_build_object('en', description),
      now() - n * interval '1 minute' from made`.execute(db)
  await sql`insert into variant (id, product_id, sku) select variant_id, id, 'MADE-' || n from made`.execute(
    db,
  )
  await sql`
    insert into product_channel (product_id, channel_id)
    select id, channel_id from made, unnest(${channelIds}::uuid[]) as channel_id`.execute(db)
  await sql`
    insert into product_category (product_id, category_id)
    select made.id, leaf.id from made join (
      select id, row_number() over (order by slug) as n, count(*) over () as all from category) as leaf
    on leaf.n = 1 + made.n % leaf.all`.execute(db)
  await sql`
    insert into attribute_value (product_id, attribute_id, text_value)
    select id, ${attributes[0]!}, (array['red','green','blue','black','white','grey','pink','brown'])[1 + n % 8] from made
  `.execute(db)
  await sql`
    insert into attribute_value (product_id, attribute_id, number_value)
    select id, ${attributes[1]!}, n % 500 from made`.execute(db)
  await sql`
    insert into price_history (variant_id, channel_id, currency, list_minor, amount_minor, at)
    select variant_id, channel.id, market.currency, 100 + n * 7 % 20000, 100 + n * 7 % 20000, now()
    from made, channel join market on market.id = market_id where channel.id = any(${channelIds}::uuid[])`.execute(
    db,
  )
  await sql`
    insert into stock (location_id, variant_id, on_hand)
    select location.id, variant_id, n % 3 from made, location`.execute(db)
  await database.pool.query('drop table made')
  await database.pool.query('vacuum analyze')
  const startedAt = performance.now()
  await rebuildSearch(db, systemClock)
  const indexedIn = (performance.now() - startedAt) / 1_000
  await database.pool.query('vacuum analyze')
  return { channelId: channelIds[0]!, products, indexedIn }
}
