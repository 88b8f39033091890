import type { KeyObject } from 'node:crypto'
import type { Reachability } from './target.ts'

/** What calling other systems needs: the key that opens their secrets, and where the shop may call. */
export interface Outbound extends Reachability {
  readonly secretKey: KeyObject
}
