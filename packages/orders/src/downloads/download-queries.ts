import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { inScope, type OrderScope } from '../order-scope.ts'

/** The right to download a file that was bought. */
export interface Download {
  readonly id: Uuid
  readonly orderLineId: Uuid
  readonly name: string
  readonly mediaType: string
  readonly allowed: number
  readonly used: number
  readonly expiresAt: Date
  /** That of its order: nothing of a cancelled one can be downloaded. */
  readonly orderStatus: string
}

/** The downloads of these order lines, of orders within the scope. */
export const downloadsOfLines = (
  db: Executor<'download' | 'digital_file' | 'order_line' | 'order'>,
  scope: OrderScope,
  lineIds: readonly Uuid[],
): Promise<Download[]> =>
  db
    .selectFrom('download')
    .innerJoin('digital_file', 'digital_file.id', 'download.file_id')
    .innerJoin('order_line', 'order_line.id', 'download.order_line_id')
    .innerJoin('order', 'order.id', 'order_line.order_id')
    .select([
      'download.id',
      'order_line_id as orderLineId',
      'download.name',
      'media_type as mediaType',
      'allowed',
      'used',
      'download.expires_at as expiresAt',
      'order.status as orderStatus',
    ])
    .where('order_line_id', '=', sql<Uuid>`any(${lineIds}::uuid[])`)
    .where((eb) => inScope(scope)(eb as never))
    .orderBy('digital_file.variant_id')
    .orderBy('digital_file.position')
    .execute()

/** How many times more a file can be downloaded at a moment. */
export const remainingOf = ({ allowed, used, expiresAt, orderStatus }: Download, now: Date): number =>
  orderStatus === 'CANCELLED' || expiresAt <= now ? 0 : allowed - used

/** What a download gives. */
export interface DownloadedFile {
  readonly name: string
  readonly mediaType: string
  readonly body: string | null
  readonly storageKey: string | null
  readonly assetId: Uuid | null
}

/** The file of a download, whoever asks: only for those whose link proves it. */
export const fileOfDownload = (
  db: Executor<'download' | 'digital_file'>,
  downloadId: Uuid,
): Promise<DownloadedFile | undefined> =>
  db
    .selectFrom('download')
    .innerJoin('digital_file', 'digital_file.id', 'download.file_id')
    .select([
      'download.name',
      'media_type as mediaType',
      'body',
      'storage_key as storageKey',
      'asset_id as assetId',
    ])
    .where('download.id', '=', downloadId)
    .executeTakeFirst()

/**
 * Uses a download up once, in one statement; false when there is none left, it has expired, or the order was cancelled.
 * The order is held meanwhile, so that whoever cancels it sees the download, or the download the cancellation.
 */
export const useDownload = async (
  db: Executor<'download' | 'order_line' | 'order'>,
  { downloadId, now }: { readonly downloadId: Uuid; readonly now: Date },
): Promise<boolean> => {
  const { rows } = await sql`
    with bought as (
      select "order".status from download
      join order_line on order_line.id = download.order_line_id join "order" on "order".id = order_line.order_id
      where download.id = ${downloadId}
      for share of "order"
    )
    update download set used = used + 1
    from bought
    where download.id = ${downloadId} and bought.status <> 'CANCELLED' and used < allowed
      and expires_at > ${now}::timestamptz
    returning id`.execute(db)
  return rows.length > 0
}

/** True when a file of an order was downloaded. The caller holds the order. */
export const wasDownloaded = async (
  db: Executor<'download' | 'order_line'>,
  orderId: Uuid,
): Promise<boolean> => {
  const row = await db
    .selectFrom('download')
    .innerJoin('order_line', 'order_line.id', 'download.order_line_id')
    .select('download.id')
    .where('order_line.order_id', '=', orderId)
    .where('used', '>', 0)
    .executeTakeFirst()
  return row !== undefined
}
