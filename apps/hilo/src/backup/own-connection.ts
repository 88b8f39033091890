import type { Database } from '@hilo/db'
import { Client } from 'pg'

/** A plain connection outside the pool, whose connections are made for short statements and not for COPY. */
export const ownConnection = async ({ config }: Database): Promise<Client> => {
  const client = new Client({ connectionString: config.connectionString })
  // A connection that breaks fails its query; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
