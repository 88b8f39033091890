import { type OpenedSession, refreshSession, signOut } from '@hilo/access'
import { defineMutation, type Payload } from '@hilo/graphql'
import { LOCALES, ok, SYSTEM, type Locale, type Uuid } from '@hilo/kernel'
import { customersByIds } from '../customer-queries.ts'
import { signInCustomer } from '../sign-in-customer.ts'
import { signUpCustomer } from '../sign-up.ts'
import { customer } from './customer.ts'

interface SignedIn extends OpenedSession {
  readonly customerId: Uuid
}

type PayloadBuilder = Parameters<Parameters<typeof defineMutation<{}, SignedIn>>[1]['payload']>[0]

const signedInFields = (t: PayloadBuilder) => ({
  // Nobody is signed in yet in the request that signs in: so the row is read without the scope of the request.
  customer: t.field({
    type: customer.ref,
    nullable: true,
    resolve: async ({ value }: Payload<SignedIn>, _args, { db }) =>
      value && (await customersByIds(db, SYSTEM, [value.customerId]))[0],
  }),
  token: t.string({
    nullable: true,
    description: 'Send it as Authorization: Bearer, until expiresAt: it lasts 15 minutes.',
    resolve: ({ value }) => value?.token,
  }),
  refreshToken: t.string({
    nullable: true,
    description:
      'Gets the next tokens by customerTokenRefresh, once, for 30 days. Keep it where other web pages cannot read it.',
    resolve: ({ value }) => value?.refreshToken,
  }),
  expiresAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When `token` stops to work.',
    resolve: ({ value }) => value?.expiresAt,
  }),
})

const readLocale = (text: string | null | undefined): Locale | undefined =>
  LOCALES.find((locale) => locale === text)

defineMutation('customerSignUp', {
  description:
    'Makes an account and signs in. Refuses with NAME_INVALID, EMAIL_INVALID, EMAIL_TAKEN, PASSWORD_LENGTH_INVALID and RATE_LIMITED.',
  access: { anyone: true },
  transaction: 'own',
  input: (t) => ({
    name: t.string({ required: true }),
    email: t.string({ required: true }),
    password: t.string({ required: true, description: '10 to 200 characters.' }),
    locale: t.string({ description: 'en or es; the language of the request when not said.' }),
  }),
  payload: signedInFields,
  run: (ctx, { name, email, password, locale }) =>
    signUpCustomer(ctx, { name, email, password, locale: readLocale(locale), ...ctx.client }),
})

defineMutation('customerSignIn', {
  description:
    'Opens a session for a customer, which lasts as long as it is refreshed. Refuses with SIGN_IN_FAILED and RATE_LIMITED.',
  access: { anyone: true },
  transaction: 'own',
  input: (t) => ({
    email: t.string({ required: true }),
    password: t.string({ required: true }),
  }),
  payload: signedInFields,
  run: (ctx, { email, password }) => signInCustomer(ctx, { email, password, ...ctx.client }),
})

defineMutation('customerTokenRefresh', {
  description:
    'Gives the next tokens for a refresh token, which is used up by it. Used a second time it ends the session, because then it is in two hands; within 30 seconds it gives the same answer again. Refuses with REFRESH_TOKEN_INVALID and RATE_LIMITED.',
  access: { anyone: true },
  transaction: 'own',
  input: (t) => ({ refreshToken: t.string({ required: true }) }),
  payload: signedInFields,
  run: async (ctx, { refreshToken }) => {
    const session = await refreshSession(ctx, { refreshToken, ...ctx.client })
    if (!session.ok) return session
    const { subjectId, ...opened } = session.value
    return ok({ ...opened, customerId: subjectId })
  },
})

defineMutation('customerSignOut', {
  description: 'Ends the session of this request; its tokens stop to work at once, the refresh token too.',
  access: { customer: true },
  input: () => ({}),
  payload: (t) => ({ done: t.boolean({ resolve: ({ value }) => value !== undefined }) }),
  run: signOut,
})
