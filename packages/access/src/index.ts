export {
  type ApiKeySecret,
  createApiKey,
  DEFAULT_OVERLAP_HOURS,
  MAX_OVERLAP_HOURS,
  type NewApiKey,
  revokeApiKey,
  rotateApiKey,
} from './api-key.ts'
export { createStaff, type NewStaff } from './create-staff.ts'
export { readEmail } from './email.ts'
export { ACCESS } from './errors.ts'
export { isPrintable, readName } from './name.ts'
export { networkBlock } from './network-block.ts'
export { hashPassword, PASSWORD_COST, type PasswordCost, readPassword } from './password.ts'
export { refreshSession, type RefreshedSession } from './refresh-session.ts'
export { type Claim, resolveActor } from './resolve-actor.ts'
export { type BuiltInRole, builtInRole } from './role-queries.ts'
export { forgetEndedSessions, type OpenedSession, openSession, revokeSessionsOf } from './session.ts'
export { countSessions, type SessionRow, sessionsPages } from './session-queries.ts'
export { addressThrottle, signIn, type SignIn, type SignInSubject } from './sign-in.ts'
export { signInStaff, signOut } from './sign-in-staff.ts'
export { countTry, forgetOldTries, forgiveAll, forgiveTry, type Throttle } from './throttle.ts'
export { hashToken, newToken, Secret } from './token.ts'
