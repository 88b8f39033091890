import { adapter } from './adapter.ts'
import { adr } from './adr.ts'
import { condition } from './condition.ts'
import { migration } from './migration.ts'
import { mutation } from './mutation.ts'
import { adminPage } from './page.ts'
import type { Kind } from './plan.ts'
import { slice } from './slice.ts'

/** Everything that `npm run new` can make. */
export const KINDS: Readonly<Record<string, Kind>> = {
  slice,
  mutation,
  migration,
  condition,
  adapter,
  page: adminPage,
  adr,
}
