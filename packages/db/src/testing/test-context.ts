import type { FullExecutor } from '../executor.ts'
import { type Channel, currency, SYSTEM } from '@hilo/kernel'
import type { Context } from '../context.ts'

/** The web channel of a market in euros; it has no row until `@hilo/channels/testing` makes one. */
export const TEST_CHANNEL: Channel = {
  id: '01900000-0000-7000-8000-000000000002',
  code: 'web',
  kind: 'WEB',
  market: {
    id: '01900000-0000-7000-8000-000000000001',
    code: 'eu',
    currency: currency('EUR'),
    pricesIncludeTax: true,
    countries: ['ES', 'DE', 'FR'],
    defaultLocale: 'en',
  },
}

/** The moment at which tests happen, unless they say otherwise. */
export const TEST_TIME = new Date('2026-03-02T10:00:00.000Z')

/** The system acting in a test, at `TEST_TIME`, with anything replaced: `testContext(db, { actor: GUEST })`. */
export const testContext = (db: FullExecutor, overrides: Partial<Context> = {}): Context => ({
  db,
  actor: SYSTEM,
  channel: TEST_CHANNEL,
  locale: 'en',
  now: () => TEST_TIME,
  correlationId: 'test',
  ...overrides,
})
