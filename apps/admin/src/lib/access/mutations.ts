import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const StaffCreate = graphql(
  `
    mutation StaffCreate($input: StaffCreateInput!) {
      payload: staffCreate(input: $input) {
        staff {
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

export const StaffUpdate = graphql(
  `
    mutation StaffUpdate($input: StaffUpdateInput!) {
      payload: staffUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const StaffGrantsSet = graphql(
  `
    mutation StaffGrantsSet($input: StaffGrantsSetInput!) {
      payload: staffGrantsSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const StaffPasswordSet = graphql(
  `
    mutation StaffPasswordSet($input: StaffPasswordSetInput!) {
      payload: staffPasswordSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const SessionRevoke = graphql(
  `
    mutation SessionRevoke($input: SessionRevokeInput!) {
      payload: sessionRevoke(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const RoleCreate = graphql(
  `
    mutation RoleCreate($input: RoleCreateInput!) {
      payload: roleCreate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const RoleUpdate = graphql(
  `
    mutation RoleUpdate($input: RoleUpdateInput!) {
      payload: roleUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const RoleDelete = graphql(
  `
    mutation RoleDelete($input: RoleDeleteInput!) {
      payload: roleDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ApiKeyCreate = graphql(
  `
    mutation ApiKeyCreate($input: ApiKeyCreateInput!) {
      payload: apiKeyCreate(input: $input) {
        apiKey {
          id
        }
        secret
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ApiKeyRotate = graphql(
  `
    mutation ApiKeyRotate($input: ApiKeyRotateInput!) {
      payload: apiKeyRotate(input: $input) {
        secret
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ApiKeyRevoke = graphql(
  `
    mutation ApiKeyRevoke($input: ApiKeyRevokeInput!) {
      payload: apiKeyRevoke(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
