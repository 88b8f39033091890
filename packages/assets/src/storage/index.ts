export { createDiskStorage, incomingFolder } from './disk.ts'
export { type Bucket, createS3Storage } from './s3.ts'
export type { Source, Span, Storage, Stored } from './storage.ts'
