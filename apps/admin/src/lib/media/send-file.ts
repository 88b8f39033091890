import { fieldErrors } from '#lib/api/refusal.ts'
import type { Write } from '#lib/api/write.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { AssetUploadCreate } from './mutations.ts'
import { inWords } from './size.ts'
import type { Send, Sent } from './uploads.svelte.ts'

interface Answer {
  readonly assetId?: string
  readonly isNew?: boolean
  readonly error?: {
    readonly code: string
    readonly message: string
    readonly data: { readonly max?: number }
  }
}

/** What kind of upload: pictures only, or what nobody gets without a signed address. */
export interface UploadTerms {
  readonly onlyPictures?: boolean
  readonly visibility?: 'PUBLIC' | 'PRIVATE'
}

/** How the server answered, in the words of the page. */
export const readAnswer = (answer: Answer): Sent => {
  if (answer.assetId) return { assetId: answer.assetId, isNew: answer.isNew === true }
  if (answer.error?.code === 'UPLOAD_TOO_LARGE' && answer.error.data.max)
    return { problem: m.upload_too_large({ most: inWords(answer.error.data.max) }) }
  return { problem: answer.error?.message ?? m.upload_failed() }
}

/** `fetch` does not tell how much of a body has gone; this older way does. */
const put = (url: string, file: File, onsent: (bytes: number) => void): Promise<Sent> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    request.responseType = 'json'
    request.setRequestHeader('accept-language', getLocale())
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => onsent(loaded))
    request.addEventListener('load', () => resolve(readAnswer((request.response as Answer | null) ?? {})))
    // The server ends the connection of a body that it refuses.
    request.addEventListener('error', () => resolve({ problem: m.upload_failed() }))
    request.send(file)
  })

/** Sends files to the library: asks for an address, and puts the bytes there. */
export const sendFile =
  (write: Write, terms: UploadTerms): Send =>
  async (file, onsent) => {
    const { upload, userErrors } = await write(AssetUploadCreate, { fileName: file.name, ...terms })
    if (!upload) return { problem: Object.values(fieldErrors(userErrors))[0] ?? m.upload_failed() }
    if (file.size > upload.maxBytes)
      return { problem: m.upload_too_large({ most: inWords(upload.maxBytes) }) }
    return put(upload.url, file, onsent)
  }
