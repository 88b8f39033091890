import { ClientError, type TypedDocument } from '@hilo/client'
import { client } from './client.ts'
import { PriceChanged, StockChanged } from './live-documents.ts'
import { ShelfAgain, type Variant } from './product-documents.ts'
import { tokens } from './tokens.ts'

/** Whether the shop can be heard now. */
export const connection = $state({ isLost: false })

interface Hearing<Event> {
  readonly onEvent: (event: Event) => void
  /** Called when something may have been missed: read again. */
  readonly onGap: () => Promise<void>
}

/** Reads again; without an answer what is shown may be old. */
const catchUp = (read: () => Promise<void>): void => void read().catch(() => (connection.isLost = true))

/** Listens until the returned function is called, through cuts and restarts of the shop. */
export const follow = <Event, Variables extends object>(
  document: TypedDocument<Event, Variables>,
  variables: NoInfer<Variables>,
  { onEvent, onGap }: Hearing<NoInfer<Event>>,
): (() => void) => {
  const stop = new AbortController()
  const events = client.subscribe(document, variables, {
    signal: stop.signal,
    onOpen: (resumed) => {
      connection.isLost = false
      if (!resumed) catchUp(onGap)
    },
    onLost: () => (connection.isLost = true),
  })
  const listen = async (): Promise<void> => {
    for await (const event of events) onEvent(event)
  }
  listen().catch((error: unknown) => {
    // The shop will not tell us this any more, whatever we do; what is shown stays as it is.
    if (!(error instanceof ClientError)) throw error
  })
  return () => stop.abort()
}

/** Keeps what variants cost, and whether they are there, as they are now. */
export const followShelf = (variants: readonly Variant[]): (() => void) => {
  const skus = variants.map(({ sku }) => sku)
  const change = (sku: string, now: Partial<Variant>): void => {
    const variant = variants.find((each) => each.sku === sku)
    if (variant) Object.assign(variant, now)
  }
  const onGap = async (): Promise<void> => {
    const { nodes } = await client.request(ShelfAgain, { ids: variants.map(({ id }) => id) })
    for (const node of nodes) if (node?.__typename === 'Variant') change(node.sku, node)
  }
  const stops = [
    follow(
      PriceChanged,
      { skus },
      {
        onEvent: ({ priceChanged: { sku, price, lowestPrice30d } }) => {
          // What is told is what a guest pays; a customer may have a price of their own.
          if (tokens.get()) catchUp(onGap)
          else change(sku, { price: price && { unit: price, lowestPrice30d } })
        },
        onGap,
      },
    ),
    follow(
      StockChanged,
      { skus },
      {
        onEvent: ({ stockChanged: { sku, availability } }) => change(sku, { availability }),
        onGap,
      },
    ),
  ]
  return () => stops.forEach((stop) => stop())
}
