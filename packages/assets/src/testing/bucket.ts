import { join } from 'node:path'
import type { Bucket } from '../storage/index.ts'

/** A real S3-compatible server of this process. */
export interface TestBucket {
  readonly bucket: Bucket
  readonly close: () => Promise<void>
}

/** An empty bucket of a server on a free port, which keeps its objects below `folder`. */
export const startTestBucket = async (folder: string): Promise<TestBucket> => {
  // Others who build assets for their tests need not wait for it.
  const { default: S3rver } = await import('@20minutes/s3rver')
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'shop', configs: [] }],
  })
  const { port } = await server.run()
  return {
    bucket: {
      url: `http://127.0.0.1:${port}/shop`,
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    close: () => server.close(),
  }
}
