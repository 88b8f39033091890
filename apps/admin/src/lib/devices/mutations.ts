import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const DeviceCreate = graphql(
  `
    mutation DeviceCreate($input: DeviceCreateInput!) {
      payload: deviceCreate(input: $input) {
        device {
          id
        }
        credential
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const DeviceUpdate = graphql(
  `
    mutation DeviceUpdate($input: DeviceUpdateInput!) {
      payload: deviceUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const DeviceSlotSet = graphql(
  `
    mutation DeviceSlotSet($input: DeviceSlotSetInput!) {
      payload: deviceSlotSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const DeviceSlotRemove = graphql(
  `
    mutation DeviceSlotRemove($input: DeviceSlotRemoveInput!) {
      payload: deviceSlotRemove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const DeviceRevoke = graphql(
  `
    mutation DeviceRevoke($input: DeviceRevokeInput!) {
      payload: deviceRevoke(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const DeviceCredentialRotate = graphql(
  `
    mutation DeviceCredentialRotate($input: DeviceCredentialRotateInput!) {
      payload: deviceCredentialRotate(input: $input) {
        credential
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
