import type { Verb } from '@hilo/protocol'
import { cancel } from './cancel.ts'
import { confirm } from './confirm.ts'
import { price } from './price.ts'
import { purchase } from './purchase.ts'
import { time } from './time.ts'
import type { VerbHandler } from './verb.ts'

/** Who answers each verb; one file of this folder each. */
export const VERBS = { price, purchase, confirm, cancel, time } satisfies Record<
  Verb,
  VerbHandler<never, unknown>
>
