// Does imports and exports on the database of the first argument until somebody kills it.
import { channelByCode } from '@hilo/channels'
import { openDatabase } from '@hilo/db'
import { marketReader, newId, SYSTEM, systemClock } from '@hilo/kernel'
import { runNextTurn } from '../run/start-bulk.ts'

const { kysely: db } = openDatabase({ url: process.argv[2]! })
const channel = (await channelByCode(db, 'web-eu'))!
const ctx = {
  db,
  channel,
  actor: SYSTEM,
  ...marketReader(channel.market),
  now: systemClock,
  correlationId: newId(),
}
while (await runNextTurn(ctx));
