import { randomUUID } from 'node:crypto'
import { read, type FrontEnd } from './graphql.ts'
import type { HiloProcess } from './hilo-process.ts'

/** What is bought. */
export const SKUS = ['COF-ESP-1000', 'COF-TUM-250'] as const
const ON_HAND = 100_000
const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

/** A customer who is signed in. */
export interface LoadCustomer {
  readonly id: string
  readonly token: string
}

/** A device that may buy nearly without limit. */
export interface LoadDevice {
  readonly id: string
  readonly credential: string
}

const mutate = async <Field extends string, Payload>(
  frontEnd: FrontEnd,
  { field, fields, input }: { field: Field; fields: string; input: object },
): Promise<Payload> => {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${fields} userErrors { code message } } }`
  const data = await read<Record<string, Payload & { userErrors: object[] }>>(frontEnd, query, { input })
  const payload = data[field]!
  if (payload.userErrors.length > 0) throw new Error(`${field}: ${JSON.stringify(payload.userErrors)}`)
  return payload
}

const signUp = async (web: string, number: number): Promise<LoadCustomer> => {
  const { customer, token } = await mutate<string, { customer: { id: string }; token: string }>(
    { web },
    {
      field: 'customerSignUp',
      fields: 'customer { id } token',
      input: { name: `Buyer ${number}`, email: `buyer-${number}@example.com`, password: randomUUID() },
    },
  )
  const consent = { purpose: 'DEVICE_PURCHASE', given: true }
  await mutate(asBearer(web, token), { field: 'consentSet', fields: 'replayed', input: consent })
  return { id: customer.id, token }
}

const asBearer = (web: string, token: string): FrontEnd => ({
  web,
  headers: { authorization: `Bearer ${token}` },
})

const addDevice = async (staff: FrontEnd, ownerId: string): Promise<LoadDevice> => {
  const { device, credential } = await mutate<string, { device: { id: string }; credential: string }>(staff, {
    field: 'deviceCreate',
    fields: 'device { id } credential',
    input: { typeCode: 'coffee-machine', name: 'Busy', channel: 'device-eu', ownerId },
  })
  const policy = { maxOrder: EUR(100_000), maxDay: EUR(100_000_000), maxQuantity: 10 }
  await mutate(staff, { field: 'deviceUpdate', fields: 'replayed', input: { id: device.id, policy } })
  return { id: device.id, credential }
}

const fillStock = async (staff: FrontEnd): Promise<void> => {
  for (const sku of SKUS) {
    const { variant } = await read<{ variant: { id: string; stock: { location: { id: string } }[] } }>(
      staff,
      `{ variant(sku: "${sku}") { id stock { location { id } } } }`,
    )
    for (const { location } of variant.stock) {
      const input = {
        variantId: variant.id,
        locationId: location.id,
        onHand: ON_HAND,
        idempotencyKey: randomUUID(),
      }
      await mutate(staff, { field: 'stockSet', fields: 'replayed', input })
    }
  }
}

/** Fills the stock, and makes customers with their consent and devices that they own. */
export const openShop = async (
  { web, demo }: Pick<HiloProcess, 'web' | 'demo'>,
  count: { readonly devices: number; readonly customers: number },
) => {
  const { token: staffToken } = await mutate<string, { token: string }>(
    { web },
    { field: 'staffSignIn', fields: 'token', input: demo.staff },
  )
  const staff = asBearer(web, staffToken)
  await fillStock(staff)
  const customers: LoadCustomer[] = []
  for (let number = 1; number <= count.customers; number += 1) customers.push(await signUp(web, number))
  const devices: LoadDevice[] = []
  for (let number = 0; number < count.devices; number += 1)
    devices.push(await addDevice(staff, customers[number % customers.length]!.id))
  return { staffToken, customers, devices }
}

interface OrderPage {
  readonly orders: {
    readonly nodes: {
      readonly id: string
      readonly lines: { readonly sku: string; readonly quantity: number }[]
    }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

/** Every order of the shop, how many pieces of each SKU they hold, and how many are reserved in stock. */
export const readBooks = async (staff: FrontEnd) => {
  const orders = new Set<string>()
  const sold = new Map<string, number>()
  let after: string | null = null
  do {
    const page: OrderPage = await read<OrderPage>(
      staff,
      'query ($after: String) { orders(first: 200, after: $after) { nodes { id lines { sku quantity } } pageInfo { hasNextPage endCursor } } }',
      { after },
    )
    for (const { id, lines } of page.orders.nodes) {
      orders.add(id)
      for (const { sku, quantity } of lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity)
    }
    after = page.orders.pageInfo.hasNextPage ? page.orders.pageInfo.endCursor : null
  } while (after)
  const reserved = new Map<string, number>()
  for (const sku of SKUS) {
    const { variant } = await read<{ variant: { stock: { reserved: number }[] } }>(
      staff,
      `{ variant(sku: "${sku}") { stock { reserved } } }`,
    )
    reserved.set(
      sku,
      variant.stock.reduce((sum, row) => sum + row.reserved, 0),
    )
  }
  return { orders, sold, reserved }
}
