import { type Asked, assetsByIds, isTold, originalKey, prefixOf, renditionKey } from '@hilo/assets'
import { createTurns, MEDIA_TYPE, render } from '@hilo/assets/pictures'
import type { Storage } from '@hilo/assets/storage'
import type { Database } from '@hilo/db'

type AskedRendition = Asked & { readonly what: 'rendition' }

/** Runs what decodes pictures, few at once. */
export type InTurn = ReturnType<typeof createTurns>

/**
 * The queues of a process for what decodes pictures, each of which may take a hundred megabytes: one for the sizes that
 * anybody asks for, and one for what staff upload or import, which waits for none of those.
 */
export const pictureTurns = () => ({
  renditions: createTurns({ atOnce: 2, waiting: 200 }),
  uploads: createTurns({ atOnce: 1, waiting: 200 }),
})

interface RenditionOptions {
  readonly database: Database
  readonly storage: Storage
  readonly inTurn: InTurn
}

/** Makes the sizes of pictures when they are first asked for: each once, however many ask at the same time. */
export const createRenditions = ({ database, storage, inTurn }: RenditionOptions) => {
  const underWay = new Map<string, Promise<boolean>>()
  const picture = async ({ id }: AskedRendition) => {
    const [asset] = await assetsByIds(database.kysely, [id], { seesAll: false })
    return asset?.kind === 'IMAGE'
      ? { width: asset.width!, height: asset.height!, focal: asset.focal }
      : undefined
  }
  const make = async (asked: AskedRendition, key: string): Promise<boolean> => {
    const found = await picture(asked)
    if (!found || !isTold(found, asked)) return false
    return inTurn(async () => {
      const original = await storage.read(originalKey(asked.id))
      if (!original) throw new Error(`The bytes of asset ${asked.id} are not in the storage`)
      const body = await render(original.stream, found, asked.rendition)
      await storage.put(key, { body }, MEDIA_TYPE[asked.rendition.format])
      // Deleted meanwhile: what was put after the rest was taken away would stay for ever.
      if (await picture(asked)) return true
      await storage.remove(prefixOf(asked.id))
      return false
    })
  }
  return {
    keyOf: ({ id, rendition, focal }: AskedRendition): string => renditionKey(id, rendition, focal),
    /** False when there is no such picture, or when it is not told in this size. */
    make: async (asked: AskedRendition): Promise<boolean> => {
      const key = renditionKey(asked.id, asked.rendition, asked.focal)
      const making = underWay.get(key) ?? make(asked, key).finally(() => underWay.delete(key))
      underWay.set(key, making)
      return making
    },
  }
}
