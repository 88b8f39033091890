// Sends what is due in the database of the address given, as a process that another one ends in the middle.
import { openDatabase } from '@hilo/db'
import { createSender } from '../sender.ts'
import { testOutbound } from './index.ts'

const database = openDatabase({ url: process.argv[2]! })
const sender = createSender({
  db: database.kysely,
  clock: () => new Date(process.argv[3]!),
  outbound: testOutbound(),
  signal: new AbortController().signal,
})
await sender.drain()
