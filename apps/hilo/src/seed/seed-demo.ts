import { insertShop } from '@hilo/channels'
import type { Context, FullExecutor } from '@hilo/db'
import { marketReader, newId, SYSTEM, systemClock } from '@hilo/kernel'
import type { readDemo } from '../../demo/data.ts'
import type { DemoAccess } from './demo-access.ts'
import { seedCatalog } from './seed-catalog.ts'
import { seedDevices } from './seed-devices.ts'
import { seedCustomers, seedGroups, seedSegments, seedStaff, type Passwords } from './seed-people.ts'
import { seedPriceLists } from './seed-prices.ts'
import { seedPromotions } from './seed-promotions.ts'
import { seedChannels, seedLocations } from './seed-shop.ts'

type Demo = Awaited<ReturnType<typeof readDemo>>

/** Writes the whole demo shop in the transaction given; the shop's own row comes last. */
export const seedDemo = async (
  db: FullExecutor,
  { shop: demo, products, said, goods }: Demo,
  passwords: Passwords,
): Promise<DemoAccess> => {
  const shop = await seedChannels(db, demo)
  const ctx: Context = {
    db,
    actor: SYSTEM,
    channel: shop.defaultChannel,
    ...marketReader(shop.defaultChannel.market),
    now: systemClock,
    correlationId: newId(),
  }
  const locations = await seedLocations(ctx, demo, shop)
  const groups = await seedGroups(ctx, demo)
  const segments = await seedSegments(ctx, demo)
  const variants = await seedCatalog(ctx, { demo, products, said, goods, shop, locations })
  await seedPriceLists(ctx, { demo, products, shop, groups, segments, variants })
  await seedPromotions(ctx, demo)
  await seedStaff(ctx, demo, { passwords, channels: shop.channels })
  const customers = await seedCustomers(ctx, demo, { groups, password: passwords.customer })
  const devices = await seedDevices(ctx, demo, { channels: shop.channels, customers, variants })
  await insertShop(db, { ...demo.shop, defaultChannelId: shop.defaultChannel.id })
  const [machine, watch] = [devices.get('lucia-coffee-machine')!, devices.get('lucia-watch')!]
  return {
    staff: { email: demo.staff[0]!.email, password: passwords.staff },
    customer: { email: demo.customers[0]!.email, password: passwords.customer },
    device: { shop: demo.shop.code, slot: 'beans', ...machine },
    watch,
  }
}
