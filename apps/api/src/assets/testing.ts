import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskStorage, incomingFolder, type Storage } from '@hilo/assets/storage'
import { testDoor } from '@hilo/assets/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { testOutbound } from '@hilo/webhooks/testing'
import { assetImporter } from './import-asset.ts'
import { pictureTurns } from './renditions.ts'
import { createAssetRoutes } from './routes.ts'

/** The routes of assets on a port of this machine, over a folder or another storage. */
export const startAssetServer = async (storageAt: (folder: string) => Storage = createDiskStorage) => {
  const { db, database } = await testDatabase()
  const channels = await createTestChannels(db)
  const root = await mkdtemp(join(tmpdir(), 'hilo-assets-'))
  const folder = incomingFolder(root)
  const storage = storageAt(root)
  const turns = pictureTurns()
  const plain = testDoor()
  const door = {
    ...plain,
    importFrom: assetImporter({
      door: plain,
      storage,
      folder,
      inTurn: turns.uploads,
      outbound: testOutbound(),
    }),
  }
  const ctx = { ...testContext(db, { channel: channels.webEu }), assets: door }
  const routes = createAssetRoutes({
    database,
    turns,
    clock: ctx.now,
    logger: pino({ level: 'silent' }),
    storage,
    door,
    folder,
    corsOrigin: '*',
  })
  const server = createServer((request, response) =>
    routes(request, response, () => response.writeHead(404).end()),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await rm(root, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { ctx, db, door, storage, folder, root, url }
}
