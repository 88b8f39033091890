import { signOut } from '@hilo/access'
import { defineMutation, type Payload } from '@hilo/graphql'
import { LOCALES, SYSTEM, type Locale, type Uuid } from '@hilo/kernel'
import { customersByIds } from '../customer-queries.ts'
import { signInCustomer } from '../sign-in-customer.ts'
import { signUpCustomer } from '../sign-up.ts'
import { customer } from './customer.ts'

interface SignedIn {
  readonly customerId: Uuid
  readonly token: string
  readonly expiresAt: Date
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
    description: 'Send it as Authorization: Bearer. It lasts 30 days.',
    resolve: ({ value }) => value?.token,
  }),
  expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ value }) => value?.expiresAt }),
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
  description: 'Opens a session of 30 days for a customer. Refuses with SIGN_IN_FAILED and RATE_LIMITED.',
  access: { anyone: true },
  transaction: 'own',
  input: (t) => ({
    email: t.string({ required: true }),
    password: t.string({ required: true }),
  }),
  payload: signedInFields,
  run: (ctx, { email, password }) => signInCustomer(ctx, { email, password, ...ctx.client }),
})

defineMutation('customerSignOut', {
  description: 'Ends the session of this request; its token stops to work at once.',
  access: { customer: true },
  input: () => ({}),
  payload: (t) => ({ done: t.boolean({ resolve: ({ value }) => value !== undefined }) }),
  run: signOut,
})
