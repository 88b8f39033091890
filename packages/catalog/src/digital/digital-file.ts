import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** Most files of one variant. */
export const MAX_FILES = 20

/** Characters of a file that is a text of its own. */
export const MAX_BODY = 100_000

const STORAGE_KEY = /^(?=.{1,300}$)[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/

/** True for parts of a path, of which none begins with a dot: a key never leaves its store. */
export const isStorageKey = (key: string): boolean => STORAGE_KEY.test(key)

/** What the buyer of a digital variant gets, for staff. */
export interface DigitalFile {
  readonly id: Uuid
  readonly variantId: Uuid
  readonly name: string
  readonly mediaType: string
  readonly body: string | null
  readonly storageKey: string | null
  readonly assetId: Uuid | null
  readonly maxDownloads: number
  /** Days after the order in which it can be downloaded. */
  readonly days: number
}

/** The files of these variants that buyers get now, in their order. */
export const filesOfVariants = async (
  db: Executor<'digital_file'>,
  variantIds: readonly Uuid[],
): Promise<DigitalFile[]> =>
  db
    .selectFrom('digital_file')
    .select([
      'id',
      'variant_id as variantId',
      'name',
      'media_type as mediaType',
      'body',
      'storage_key as storageKey',
      'asset_id as assetId',
      'max_downloads as maxDownloads',
      'days',
    ])
    .where('variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .where('removed_at', 'is', null)
    .orderBy('variant_id')
    .orderBy('position')
    .execute()

/** The keys in the shop's store of files that products name, or named once: who bought then downloads still. */
export const storageKeys = async (db: Executor<'digital_file'>): Promise<string[]> => {
  const rows = await db
    .selectFrom('digital_file')
    .select('storage_key as key')
    .distinct()
    .where('storage_key', 'is not', null)
    .orderBy('storage_key')
    .execute()
  return rows.flatMap(({ key }) => key ?? [])
}
