import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import { type Source, soundKey, type Span, type Storage } from './storage.ts'

/** A bucket of an S3-compatible store. */
export interface Bucket {
  /** With the bucket: `https://s3.eu-central-1.amazonaws.com/my-shop` or `https://my-shop.s3.example`. */
  readonly url: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** For the whole of a request, so that a store that hangs does not hold up who waits. */
const WITHIN_MS = 120_000
const RETRIES = 3

/** Raised when the store answers what it should not. */
class StoreError extends Error {
  override readonly name = 'StoreError'
}

const failed = async (response: Response, what: string): Promise<never> => {
  const said = (await response.text().catch(() => '')).slice(0, 300)
  throw new StoreError(`The store answered ${response.status} to ${what}: ${said}`)
}

const bodyOf = async (source: Source): Promise<BodyInit> =>
  // A file is read as it is sent, never whole into the memory.
  'path' in source ? openAsBlob(source.path) : source.body

const rangeOf = (span: Span | undefined): Record<string, string> =>
  span ? { range: `bytes=${span.start}-${span.end}` } : {}

const KEYS = /<Key>([^<]+)<\/Key>/g

/** Assets in a bucket. Only this shop reads and writes there: what it tells comes through the shop's own server. */
export const createS3Storage = ({ url, region, accessKeyId, secretAccessKey }: Bucket): Storage => {
  const base = url.replace(/\/+$/, '')
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES })
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    client.fetch(base + path, { signal: AbortSignal.timeout(WITHIN_MS), ...init })
  const at = (key: string): string => `/${soundKey(key)}`

  const removePage = async (prefix: string): Promise<boolean> => {
    const listed = await ask(`?list-type=2&max-keys=1000&prefix=${encodeURIComponent(prefix)}`)
    if (!listed.ok) await failed(listed, 'a list')
    const keys = [...(await listed.text()).matchAll(KEYS)].map(([, key]) => key!)
    for (const key of keys) {
      const response = await ask(at(key), { method: 'DELETE' })
      if (!response.ok && response.status !== 404) await failed(response, 'a deletion')
      await response.body?.cancel()
    }
    return keys.length > 0
  }

  return {
    put: async (key, source, mediaType) => {
      const headers = {
        'content-type': mediaType,
        // The store compares what has come with it.
        ...('path' in source && { 'x-amz-content-sha256': source.sha256.toString('hex') }),
      }
      const response = await ask(at(key), { method: 'PUT', headers, body: await bodyOf(source) })
      if (!response.ok) await failed(response, 'an upload')
      await response.body?.cancel()
      if ('path' in source) await rm(source.path, { force: true })
    },
    read: async (key, span) => {
      const response = await ask(at(key), { headers: rangeOf(span) })
      if (response.status === 404) {
        await response.body?.cancel()
        return undefined
      }
      if (!response.ok || !response.body) return failed(response, 'a download')
      return {
        bytes: Number(response.headers.get('content-length')),
        stream: Readable.fromWeb(response.body as never),
      }
    },
    size: async (key) => {
      const response = await ask(at(key), { method: 'HEAD' })
      if (response.status === 404) return undefined
      return response.ok ? Number(response.headers.get('content-length')) : failed(response, 'a question')
    },
    remove: async (prefix) => {
      soundKey(prefix)
      while (await removePage(prefix));
    },
  }
}
