import { ok, PERMISSIONS, type Permission, type Result } from '@hilo/kernel'
import { ACCESS } from './errors.ts'

/** The permissions asked for, each once; `PERMISSION_UNKNOWN` for one that the kernel does not list. */
export const readPermissions = (permissions: readonly string[]): Result<Permission[]> => {
  const known: readonly string[] = PERMISSIONS
  const unknown = permissions.find((permission) => !known.includes(permission))
  return unknown === undefined
    ? ok(PERMISSIONS.filter((permission) => permissions.includes(permission)))
    : ACCESS.refuse('PERMISSION_UNKNOWN', { permission: unknown.slice(0, 60) }, ['permissions'])
}
