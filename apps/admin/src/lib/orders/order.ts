import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const OrderPage = graphql(`
  fragment OrderPage on Order {
    id
    number
    status
    version
    test
    cancellable
    placedAt
    cancelBy
    fulfilledAt
    cancelledAt
    email
    country
    slot
    pricesIncludeTax
    customer {
      id
      name
      email
    }
    device {
      id
      name
    }
    channel {
      id
      name
      kind
    }
    market {
      name
    }
    address {
      name
      line1
      line2
      city
      postalCode
      region
      country
      phone
    }
    lines {
      id
      sku
      name
      variantName
      imageUrl
      quantity
      properties
      priceList {
        id
        name
      }
      quote {
        quotedAt
      }
      unitList {
        amountMinor
        currency
      }
      unit {
        amountMinor
        currency
      }
      subtotal {
        amountMinor
        currency
      }
      discount {
        amountMinor
        currency
      }
    }
    applications {
      promotionId
      name
      class
      couponCode
      amount {
        amountMinor
        currency
      }
    }
    subtotal {
      amountMinor
      currency
    }
    discount {
      amountMinor
      currency
    }
    delivery {
      amountMinor
      currency
    }
    tax {
      amountMinor
      currency
    }
    total {
      amountMinor
      currency
    }
    timeline {
      at
      type
      action
      by
      byName
      reason
    }
    taxes {
      ratePpm
      net {
        amountMinor
        currency
      }
      tax {
        amountMinor
        currency
      }
    }
  }
`)

/** An order as its page shows it. */
export type OrderData = ResultOf<typeof OrderPage>

export const ReadOrder = graphql(
  `
    query ReadOrder($id: ID!) {
      order(id: $id) {
        ...OrderPage
      }
    }
  `,
  [OrderPage],
)

export const OrderCancel = graphql(
  `
    mutation OrderCancel($input: OrderCancelInput!) {
      payload: orderCancel(input: $input) {
        order {
          id
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const OrderFulfil = graphql(
  `
    mutation OrderFulfil($input: OrderFulfilInput!) {
      payload: orderFulfil(input: $input) {
        order {
          id
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
