import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './index.ts'
import { testDatabase } from './testing/index.ts'

const { db, url } = await testDatabase()

describe('a database connection', () => {
  it('reads 64-bit integers exactly, days as text and moments as dates', async () => {
    const { rows } = await sql`select 9007199254740993::int8 as big, array[1, null]::int8[] as bigs,
      date '2026-03-29' as day, timestamptz '2026-03-29 01:30:00.123+00' as at, '{"a":[1]}'::jsonb as json,
      'x'::citext as ci, pg_current_xact_id() is not null as tx, tstzrange(null, null) as range`.execute(db)
    expect(rows).toEqual([
      {
        big: 9007199254740993n,
        bigs: [1n, null],
        day: '2026-03-29',
        at: new Date('2026-03-29T01:30:00.123Z'),
        json: { a: [1] },
        ci: 'x',
        tx: true,
        range: '(,)',
      },
    ])
  })

  it('writes bigints, bytes and JSON text', async () => {
    const { rows } =
      await sql`select ${9007199254740993n}::int8 as big, ${new Uint8Array([1, 255])}::bytea as bytes,
      ${JSON.stringify([1, 'a'])}::jsonb as json`.execute(db)
    expect(rows).toEqual([{ big: 9007199254740993n, bytes: Buffer.from([1, 255]), json: [1, 'a'] }])
  })

  it('reads big tables from their beginning', async () => {
    const { rows } = await sql`select current_setting('synchronize_seqscans') as together`.execute(db)
    expect(rows).toEqual([{ together: 'off' }])
  })

  it('opens no more connections than allowed and queues the rest', async () => {
    const bounded = openDatabase({ url, max: 2, name: 'bounded' })
    const pids = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(bounded.kysely)
        return rows[0]!.pid
      }),
    )
    const named = await sql<{ name: string }>`select application_name as name from pg_stat_activity
      where pid = ${pids[0]}`.execute(db)
    expect(new Set(pids).size).toBeLessThanOrEqual(2)
    expect(named.rows[0]!.name).toBe('hilo:bounded')
    await bounded.close()
  })

  it('survives the loss of its idle connections', async () => {
    const errors: Error[] = []
    const own = openDatabase({ url, max: 1, onError: (error) => errors.push(error) })
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own.kysely)
    const lost = new Promise((resolve) => own.pool.once('remove', resolve))
    await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db)
    await lost
    const again = await sql<{ one: number }>`select 1 as one`.execute(own.kysely)
    expect(again.rows).toEqual([{ one: 1 }])
    expect(errors).not.toHaveLength(0)
    await own.close()
  })

  it.each(['', 'mysql://root:hunter2@localhost/x', 'not a url hunter2'])(
    'refuses the address %j without repeating it',
    (bad) => {
      const open = () => openDatabase({ url: bad })
      expect(open).toThrow(TypeError)
      expect(open).not.toThrow(/hunter2/)
    },
  )
})
