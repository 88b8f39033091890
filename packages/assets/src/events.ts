import type { Changed, NewEvent } from '@hilo/db'
import type { Asset } from './asset.ts'

/** An asset was uploaded, changed or deleted. */
export const assetEvent = (
  type: 'AssetCreated.v1' | 'AssetUpdated.v1' | 'AssetDeleted.v1',
  { id, kind, fileName, visibility }: Pick<Asset, 'id' | 'kind' | 'fileName' | 'visibility'>,
  changed?: Changed,
): NewEvent => ({
  aggregate: 'asset',
  aggregateId: id,
  type,
  payload: { assetId: id, kind, fileName, visibility },
  permission: 'catalog:write',
  changed,
})
