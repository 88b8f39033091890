import { createHash } from 'node:crypto'
import type { Uuid } from '@hilo/kernel'

/**
 * Whose uses a limit per customer counts: the customer, or for a guest the e-mail address, as a hash so that claims hold
 * no personal data. `null` when neither is known yet.
 */
export const customerKey = (who: {
  readonly customerId?: Uuid | null
  readonly email?: string | null
}): string | null => {
  if (who.customerId) return `customer:${who.customerId}`
  const email = who.email?.trim().toLowerCase()
  return email ? `email:${createHash('sha256').update(email).digest('hex')}` : null
}
