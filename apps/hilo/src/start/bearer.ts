import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** True when a request brings this token (`Authorization: Bearer …`); takes as long whatever is brought. */
export const bringsToken = ({ headers }: Pick<IncomingMessage, 'headers'>, token: string): boolean =>
  timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))
