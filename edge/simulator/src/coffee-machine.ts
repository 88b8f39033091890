import { buildTopic, catalogPrice, decode, type CatalogPrice, type Reply } from '@hilo/protocol'
import { connectDevice, type DeviceOptions } from './device.ts'
import { createQueue } from './queue.ts'

/** A coffee machine that buys its beans. */
export interface CoffeeMachineOptions extends DeviceOptions {
  /** Code of the channel whose prices it shows. */
  readonly channel: string
  /** What its display shows the price of. */
  readonly sku: string
  /** The slot that its owner bound to the beans. */
  readonly slot: string
}

/** A connected coffee machine. */
export interface CoffeeMachine {
  /** The price on its display; none while it does not know one, or when the beans are not sold any more. */
  readonly shown: () => CatalogPrice | undefined
  /** Resolves with the next price it is told; `undefined` when the beans are not sold any more. */
  readonly nextPrice: () => Promise<CatalogPrice | undefined>
  readonly askPrice: (quantity?: number) => Promise<Reply>
  /** Presses the button; the same rid again is the same press. */
  readonly buy: (rid?: string) => Promise<Reply>
  /** Reports how many beans are left, in percent. */
  readonly report: (level: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** A former price never stands on the display without the lowest of the 30 days before. */
const display = (shown: CatalogPrice | undefined) => ({
  price: shown?.price.decimal,
  currency: shown?.price.currency,
  ...(shown?.lowestPrice30d && {
    list: shown.list?.decimal,
    lowestPrice30d: shown.lowestPrice30d.decimal,
  }),
})

/** Connects a coffee machine: it holds the price of its beans, asks for it, and buys. */
export const coffeeMachine = async (options: CoffeeMachineOptions): Promise<CoffeeMachine> => {
  const { shop, channel, sku, slot, deviceId, log } = options
  const device = await connectDevice(options)
  const prices = createQueue<CatalogPrice | undefined>()
  let shown: CatalogPrice | undefined
  await device.listen(buildTopic({ kind: 'price', shop, channel, sku }), (payload) => {
    const price = decode(catalogPrice, payload)
    shown = price.ok ? price.value : undefined
    log.info({ device: deviceId, sku, ...display(shown) }, 'price')
    prices.add(shown)
  })
  return {
    shown: () => shown,
    nextPrice: prices.next,
    askPrice: (quantity) => device.ask('price', { slot, quantity }),
    buy: (rid) => device.ask('purchase', { slot, trigger: 'button.single' }, rid),
    report: (level) =>
      device.tell({ kind: 'reading', name: slot }, { value: level, unit: '%', ts: Date.now() }),
    close: device.close,
  }
}
