// The bridge's whole knowledge of the API: its documents, and the shape of their answers.

/** An amount as the API shows it. */
export interface ApiMoney {
  readonly amountMinor: number
  readonly currency: string
  readonly decimal: string
}

/** An expected no of a mutation. */
export interface UserError {
  readonly code: string
  readonly message: string
}

interface Refusable {
  readonly userErrors: readonly UserError[]
}

const MONEY = '{ amountMinor currency decimal }'
const ERRORS = 'userErrors { code message }'

export const AUTHENTICATE = `mutation EdgeSignIn($input: DeviceAuthenticateInput!) {
  deviceAuthenticate(input: $input) { device { id status channel { code } } ${ERRORS} } }`

export interface AuthenticateData {
  readonly deviceAuthenticate: Refusable & {
    readonly device: { readonly status: string; readonly channel: { readonly code: string } } | null
  }
}

export const PRICE = `query EdgePrice($slot: String, $sku: String, $quantity: Int) {
  devicePrice(slot: $slot, sku: $sku, quantity: $quantity) {
    slot quantity token variant { sku } unit ${MONEY} total ${MONEY} } }`

export interface PriceData {
  readonly devicePrice: {
    readonly slot: string | null
    readonly quantity: number
    /** Null when the shop quotes no prices. */
    readonly token?: string | null
    readonly variant: { readonly sku: string }
    readonly unit: ApiMoney
    readonly total: ApiMoney
  } | null
}

export const PURCHASE = `mutation EdgePurchase($input: DevicePurchaseInput!) {
  devicePurchase(input: $input) { status cancelBy order { id number total ${MONEY} } ${ERRORS} } }`

export interface PurchaseData {
  readonly devicePurchase: Refusable & {
    readonly status: 'PLACED' | 'IN_PROGRESS' | 'TEST_PLACED' | null
    readonly cancelBy: string | null
    readonly order: { readonly id: string; readonly number: string; readonly total: ApiMoney } | null
  }
}

export const CANCEL = `mutation EdgeCancel($input: DeviceOrderCancelInput!) {
  deviceOrderCancel(input: $input) { order { id number } ${ERRORS} } }`

export interface CancelData {
  readonly deviceOrderCancel: Refusable & {
    readonly order: { readonly id: string; readonly number: string } | null
  }
}

export const REPORT_STATE = `mutation EdgeState($input: DeviceStateReportInput!) {
  report: deviceStateReport(input: $input) { ${ERRORS} } }`

export const REPORT_READING = `mutation EdgeReading($input: DeviceReadingReportInput!) {
  report: deviceReadingReport(input: $input) { ${ERRORS} } }`

export const ACKNOWLEDGE = `mutation EdgeAcknowledge($input: NotificationAcknowledgeInput!) {
  report: notificationAcknowledge(input: $input) { ${ERRORS} } }`

export interface ReportData {
  readonly report: Refusable
}

export const CHANNELS = `query EdgeChannels { channels { code kind active } }`

export interface ChannelsData {
  readonly channels: readonly { readonly code: string; readonly kind: string; readonly active: boolean }[]
}

export const PRODUCTS = `query EdgeProducts($first: Int!, $after: String) {
  products(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { variants { sku price { unit ${MONEY} list ${MONEY} lowestPrice30d ${MONEY} } } } } }`

/** What a variant costs on the shelf. */
export interface ShelfPrice {
  readonly unit: ApiMoney
  readonly list: ApiMoney
  /** Null when it is not reduced, and when it was not sold before. */
  readonly lowestPrice30d: ApiMoney | null
}

export interface ProductsData {
  readonly products: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly nodes: readonly {
      readonly variants: readonly {
        readonly sku: string
        readonly price: ShelfPrice | null
      }[]
    }[]
  }
}

interface Change {
  readonly eventId: string
  readonly at: string
}

export const PRICE_CHANGED = `subscription EdgePrices($after: String) {
  change: priceChanged(after: $after) { eventId at sku price ${MONEY} list ${MONEY} lowestPrice30d ${MONEY} } }`

export interface PriceChange extends Change {
  readonly sku: string
  readonly price: ApiMoney | null
  readonly list: ApiMoney | null
  readonly lowestPrice30d: ApiMoney | null
}

export const DEVICE_CHANGED = `subscription EdgeDevices($after: String) {
  change: deviceChanged(after: $after) { eventId at type device { id status } } }`

export interface DeviceChange extends Change {
  readonly type: string
  readonly device: { readonly id: string; readonly status: string } | null
}

export const NOTIFICATION_CHANGED = `subscription EdgeNotifications($after: String) {
  change: notificationChanged(after: $after) { eventId at
    notification { id kind title body data createdAt expiresAt acknowledgedAt device { id } } } }`

export interface NotificationChange extends Change {
  readonly notification: {
    readonly id: string
    readonly kind: string
    readonly title: string
    readonly body: string
    readonly data: unknown
    readonly createdAt: string
    readonly expiresAt: string
    readonly acknowledgedAt: string | null
    readonly device: { readonly id: string }
  } | null
}
