import { graphql, type ResultOf } from './graphql.ts'

/** What every mutation asks of its `userErrors`. */
export const RefusalFields = graphql(`
  fragment RefusalFields on UserError {
    code
    message
    path
    ... on VersionConflictError {
      current
    }
  }
`)

/** An expected no of the API, with the input field it is about. */
export type Refusal = ResultOf<typeof RefusalFields>

/** What people read beside a field, by the path of the field: `name.en`. */
export type FieldErrors = Readonly<Record<string, string>>

/** The sentences of refusals by field; those about no field of the form stand under the empty name. */
export const fieldErrors = (refusals: readonly Refusal[], prefix = ''): FieldErrors => {
  const errors: Record<string, string> = {}
  for (const { path, message } of refusals) {
    const field = (path[0] === 'input' ? path.slice(1) : path).join('.')
    errors[prefix && field ? `${prefix}.${field}` : prefix || field] ??= message
  }
  return errors
}

/** True when somebody else changed the thing in the meantime. */
export const isVersionConflict = (refusals: readonly Refusal[]): boolean =>
  refusals.some(({ code }) => code === 'VERSION_CONFLICT')
