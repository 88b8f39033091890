import { ok, type Result } from '@hilo/kernel'
import { ASSET_REFUSALS } from './errors.ts'

/** Characters of a name, at most. */
export const MAX_NAME = 200

// oxlint-disable-next-line no-control-regex
const NAME = /^[^/\\\u0000-\u001f\u007f]{1,200}$/

/** The name that a file is saved under, without spaces around it: text for people, never a path of ours. */
export const readFileName = (text: string, path: readonly string[]): Result<string> => {
  const name = text.trim()
  return NAME.test(name) && name.isWellFormed() && !/^\.+$/.test(name)
    ? ok(name)
    : ASSET_REFUSALS.refuse('FILE_NAME_INVALID', {}, path)
}
