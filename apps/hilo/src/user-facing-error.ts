/** A reason not to go on that a person can act on: printed without a stack. */
export class UserFacingError extends Error {
  override readonly name = 'UserFacingError'
}
