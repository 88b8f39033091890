import { join } from 'node:path'
import type { ApiDependencies } from '@hilo/api'
import { createDiskStorage, createS3Storage, incomingFolder, type Storage } from '@hilo/assets/storage'
import type { Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { assetKeyOf } from './outbound.ts'

/** Where assets are on this machine, and where uploads wait. */
export const assetFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'assets')

/** Where uploads wait until they are looked at. */
export const uploadFolder = (config: Pick<Config, 'dataDir'>): string => incomingFolder(assetFolder(config))

/** The storage of assets: a bucket when one is said, else a folder. */
export const assetStorageOf = (config: Config): Storage => {
  const { s3Url: url, s3Region: region, s3AccessKeyId, s3SecretAccessKey } = config
  if (!url) return createDiskStorage(assetFolder(config))
  if (!s3AccessKeyId || !s3SecretAccessKey)
    throw new UserFacingError('HILO_S3_URL needs HILO_S3_ACCESS_KEY_ID and HILO_S3_SECRET_ACCESS_KEY too.')
  return createS3Storage({
    url,
    region,
    accessKeyId: s3AccessKeyId,
    secretAccessKey: s3SecretAccessKey,
  })
}

const MEGABYTE = 1_000_000

/** What letting assets in, and telling where they are, takes. */
export const assetDoorOf = (config: Config): NonNullable<ApiDependencies['assets']> => ({
  key: assetKeyOf(config),
  publicUrl: (config.assetsUrl ?? '').replace(/\/+$/, ''),
  maxImageBytes: config.assetsMaxImageMb * MEGABYTE,
  maxFileBytes: config.assetsMaxFileMb * MEGABYTE,
})
