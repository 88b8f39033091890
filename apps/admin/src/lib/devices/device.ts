import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { OrderRow } from '#lib/orders/order-row.ts'

const DeviceFields = graphql(
  `
    fragment DeviceFields on Device {
      id
      name
      version
      status
      state
      seenAt
      firmware
      test
      createdAt
      type {
        name
        kind
      }
      owner {
        name
        email
      }
      channel {
        id
        name
        kind
        market {
          currency
        }
      }
      policy {
        maxOrder {
          decimal
          currency
        }
        maxDay {
          decimal
          currency
        }
        maxQuantity
        cancelWindowMinutes
      }
      slots {
        name
        quantity
        variant {
          id
          sku
          name
          product {
            id
            name
          }
        }
      }
      readings {
        name
        value
        unit
        at
      }
      orders(first: 5) {
        nodes {
          ...OrderRow
        }
      }
      notifications(first: 5) {
        nodes {
          id
          title
          body
          createdAt
          acknowledgedAt
        }
      }
    }
  `,
  [OrderRow],
)

/** A device as its page shows it. */
export type DeviceData = ResultOf<typeof DeviceFields>

export const ReadDevice = graphql(
  `
    query ReadDevice($id: ID!) {
      device(id: $id) {
        ...DeviceFields
      }
    }
  `,
  [DeviceFields],
)

export const DeviceChoices = graphql(`
  query DeviceChoices {
    deviceTypes {
      code
      name
    }
    channels {
      id
      code
      name
      kind
    }
  }
`)

/** What somebody who adds a device chooses from. */
export type DeviceChoicesData = ResultOf<typeof DeviceChoices>

export const FindCustomers = graphql(`
  query FindCustomers($search: String) {
    customers(first: 20, search: $search) {
      nodes {
        id
        name
        email
      }
    }
  }
`)

export const FindVariants = graphql(`
  query FindVariants($search: String) {
    products(first: 20, where: { search: $search }) {
      nodes {
        name
        variants {
          id
          sku
          name
        }
      }
    }
  }
`)
