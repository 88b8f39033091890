import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unsafeStatements } from './migration-rules.ts'

/** From the next one on, code of the version before must go on with every migration. */
const BASELINE = '0014'
/** The last migration of the first release: before it no shop has a table so big that somebody would wait. */
const FIRST_RELEASE = '0024'

const folder = new URL('../migrations/', import.meta.url)

describe('a migration', () => {
  it.each([
    'drop table cart',
    'alter table cart drop column note',
    'alter table cart drop note',
    'ALTER TABLE cart\n  RENAME COLUMN note TO remark',
    'alter table cart rename to basket',
    'alter table cart alter column note type varchar(10)',
    'alter table cart alter note set data type text',
    'alter table cart add column note text not null',
    'alter table cart add note text not null, add other int',
    'alter table cart alter column note set not null',
    'alter table cart add constraint positive check (total > 0)',
    'alter table cart add foreign key (owner) references customer',
    'create index cart_note on cart (note)',
    'create unique index cart_note on cart (note)',
    'truncate event',
    'lock table cart',
    "-- it is the shop's\ntruncate cart",
    '-- contract:\ndrop table cart',
    "create table a (note text default 'drop; table b'); drop table b",
  ])('is refused for: %s', (sql) => {
    const [unsafe, ...others] = unsafeStatements(`${sql};`)
    expect(others).toEqual([])
    expect(unsafe).toMatchObject({
      kind: expect.stringMatching(/^(old code|lock)$/),
      why: expect.any(String),
    })
  })

  it.each([
    "-- the shop's\ncreate table note (id uuid primary key); create index note_id on note (id); alter table note add check (true)",
    'alter table cart add column note text',
    "alter table cart add column note text not null default ''",
    'alter table cart add constraint positive check (total > 0) not valid',
    'alter table cart add constraint noted check (note is not null or total > 0) not valid',
    'alter table cart alter column note drop not null',
    '-- contract: written by nobody since 1.2, and read by nobody since 1.3\ndrop table basket',
    "insert into role (name) values ('drop table cart; rename')",
    'create function f() returns trigger language plpgsql as $body$ begin truncate cart; end $body$',
  ])('is let through for: %s', (sql) => {
    expect(unsafeStatements(sql)).toEqual([])
  })

  const unsafeIn = (name: string) => unsafeStatements(readFileSync(new URL(name, folder), 'utf8'))
  const after = (number: string) =>
    readdirSync(folder).filter((name) => name.endsWith('.sql') && name.slice(0, 4) > number)

  it.each(after(BASELINE))('%s takes nothing from code of the version before', (name) => {
    expect(unsafeIn(name).filter(({ kind }) => kind === 'old code')).toEqual([])
  })

  it('holds up nobody', () => {
    expect(after(FIRST_RELEASE).flatMap(unsafeIn)).toEqual([])
  })
})
