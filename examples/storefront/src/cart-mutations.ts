import { CartView } from './cart-documents.ts'
import { graphql } from './graphql.ts'

export const CartCreate = graphql(
  `
    mutation CartCreate($input: CartCreateInput!) {
      cartCreate(input: $input) {
        cart {
          ...CartView
        }
        token
        userErrors {
          message
        }
      }
    }
  `,
  [CartView],
)

export const CartLineSet = graphql(
  `
    mutation CartLineSet($input: CartLineSetInput!) {
      cartLineSet(input: $input) {
        cart {
          ...CartView
        }
        userErrors {
          message
        }
      }
    }
  `,
  [CartView],
)

export const CartLineRemove = graphql(
  `
    mutation CartLineRemove($input: CartLineRemoveInput!) {
      cartLineRemove(input: $input) {
        cart {
          ...CartView
        }
        userErrors {
          message
        }
      }
    }
  `,
  [CartView],
)

export const CartCouponAdd = graphql(
  `
    mutation CartCouponAdd($input: CartCouponAddInput!) {
      cartCouponAdd(input: $input) {
        cart {
          ...CartView
        }
        userErrors {
          message
        }
      }
    }
  `,
  [CartView],
)

export const CartCouponRemove = graphql(
  `
    mutation CartCouponRemove($input: CartCouponRemoveInput!) {
      cartCouponRemove(input: $input) {
        cart {
          ...CartView
        }
        userErrors {
          message
        }
      }
    }
  `,
  [CartView],
)

export const CartUpdate = graphql(
  `
    mutation CartUpdate($input: CartUpdateInput!) {
      cartUpdate(input: $input) {
        cart {
          ...CartView
        }
        userErrors {
          message
        }
      }
    }
  `,
  [CartView],
)
