import { describe, expect, it } from 'vitest'
import { answered, callOf, placesOf, rootFields } from './testing/call.ts'
import { createTestShop } from './testing/shop.ts'
import { difference, snapshot } from './testing/snapshot.ts'

const { post, people, ids, ctx } = await createTestShop()
const { owner, device, staff } = people

/** Fields with places of these scalars. */
const fieldsWith = (...scalars: readonly string[]) =>
  rootFields
    .filter(([operation]) => operation !== 'subscription')
    .map(([operation, field]) => [operation, field.name, placesOf(field, ...scalars), field] as const)
    .filter(([, , places]) => places.length > 0)

type At = ReturnType<typeof fieldsWith>[number]

/** Sends each value at each place, as three people at once; answers the codes of each, after looking for bugs. */
const send = async ([operation, name, places, field]: At, values: readonly unknown[]) => {
  const told = []
  for (const path of places) {
    for (const value of values) {
      const call = callOf([operation, field], { ids, given: { [path]: value } })
      const answers = await Promise.all([owner, device, staff].map((headers) => post(call, headers)))
      for (const answer of answers) {
        expect(answer.text).not.toMatch(
          /INTERNAL_SERVER_ERROR|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED/,
        )
        told.push({ path, codes: answered(answer, name) })
      }
    }
  }
  return told
}

/** The same, where everything must be refused as no value of its type, and nothing may be written. */
const sendWrong = async (at: At, values: readonly unknown[]): Promise<void> => {
  const before = await snapshot(ctx.db)
  for (const { path, codes } of await send(at, values))
    expect([path, codes]).toEqual([path, ['BAD_USER_INPUT']])
  expect(difference(before, await snapshot(ctx.db))).toEqual({ added: [], gone: [] })
}

describe('a text with U+0000 or half of a character', () => {
  const texts = ['a\0b', 'a\ud800b']

  it.each(fieldsWith('String', 'ID'))('is refused by %s %s', (...at) => sendWrong(at, texts))

  it.each(fieldsWith('JSON'))('is refused inside the JSON of %s %s', (...at) =>
    sendWrong(
      at,
      texts.flatMap((text) => [{ deep: [text] }, { [text]: 1 }]),
    ),
  )

  it.each(texts)('is refused in the query itself', async (text) => {
    const escaped = text.includes('\0') ? 'a\\u0000b' : text
    const answer = await post({ query: `{ product(slug: "${escaped}") { id } }` })
    expect(answered(answer, '')[0]).toMatch(/BAD_USER_INPUT|GRAPHQL_PARSE_FAILED/)
  })
})

describe('a text of 100 kB', () => {
  /** Where it means nothing, since it names what is taken away or proves what is owned already, or is not kept. */
  const MEANS_NOTHING: readonly string[] = [
    'cartClaim input.cartToken',
    'cartClaim input.idempotencyKey',
    'cartCouponRemove input.code',
    'customerSignUp input.idempotencyKey',
    'customerSignUp input.locale',
    'customerSignIn input.idempotencyKey',
    'staffCreate input.idempotencyKey',
    'staffCreate input.locale',
    'staffSignIn input.idempotencyKey',
    'staffUpdate input.locale',
    'deviceAuthenticate input.idempotencyKey',
    'webhookEndpointUpdate input.idempotencyKey',
    // For people, cut to 200 characters.
    'bulkImportCreate input.fileName',
    // A licence or a letter to the buyer may be that long.
    'variantFilesSet input.files.0.body',
  ]

  it.each(fieldsWith('String'))('is refused or found nowhere by %s %s', async (...at) => {
    const [operation, name, places, field] = at
    const meaning = places.filter((path) => !MEANS_NOTHING.includes(`${name} ${path}`))
    const before = await snapshot(ctx.db)
    for (const { path, codes } of await send([operation, name, meaning, field], ['x'.repeat(100_000)])) {
      if (operation === 'mutation') expect([path, codes]).not.toEqual([path, []])
    }
    expect(difference(before, await snapshot(ctx.db))).toEqual({ added: [], gone: [] })
  })
})

describe('a value that is none of its type', () => {
  const wrong = {
    Int: [2 ** 31, 1.5, '1', Number.MAX_VALUE],
    SafeInt: [2 ** 53, 0.1, '1', true],
    Float: ['1', true, 'Infinity'],
    Boolean: ['true', 1],
    DateTime: ['yesterday', '2026-02-30T25:00:00Z', '2026-01-01', '', 7, '99999-01-01T00:00:00Z'],
    CurrencyCode: ['eur', 'EURO', '', 'XTS', 7],
    CountryCode: ['es', 'ESP', '', 7],
  }
  it.each(
    Object.entries(wrong).flatMap(([scalar, values]) =>
      fieldsWith(scalar).map((at) => [scalar, at[1], values, at] as const),
    ),
  )('is refused: no %s for %s', (_scalar, _name, values, at) => sendWrong(at, values))
})

describe('a number at the edge of its type', () => {
  const least = -2_147_483_648
  const edges = {
    Int: [-1, 0, 2_147_483_647, least],
    SafeInt: [-1, 0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    Float: [-1e308, 1e308, 5e-324, -0],
    DateTime: ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'],
  }
  it.each(
    Object.entries(edges).flatMap(([scalar, values]) =>
      fieldsWith(scalar).map((at) => [scalar, at[1], values, at] as const),
    ),
  )('is taken or refused, and no bug: the %s of %s', async (_scalar, _name, values, at) => {
    expect(await send(at, values)).not.toEqual([])
  })
})
