import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from './limits/limits.ts'
import { createTestShop } from './testing/shop.ts'

const { api, people, post } = await createTestShop({ limits: DEFAULT_LIMITS })

const mutation = (name: string, fields: string) => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`
  return `mutation ($input: ${type}) { payload: ${name}(input: $input) { ${fields} userErrors { code path } } }`
}

interface Payload {
  readonly product: { readonly id: string }
  readonly option: { readonly values: readonly { readonly id: string }[] }
  readonly created: readonly object[]
}

const save = async (name: string, input: object, fields: string): Promise<Payload> => {
  const answer = await post({ query: mutation(name, fields), variables: { input } }, people.staff)
  expect(answer.errors).toBeUndefined()
  const payload = answer.data!['payload'] as Payload & { readonly userErrors: unknown }
  expect(payload.userErrors).toEqual([])
  return payload
}

const bodyOf = (bytes: number): string => {
  const body = (padding: string) => JSON.stringify({ query: `{ context { actor } } # ${padding}` })
  return body('x'.repeat(bytes - body('').length))
}

describe('a body that only those who work in the shop may send', () => {
  it('holds all the variants that can be saved at once', async () => {
    const { product } = await save('productCreate', { slug: 'wide', name: { en: 'Wide' } }, 'product { id }')
    const option = async (code: string, count: number) => {
      const values = Array.from({ length: count }, (_, n) => ({ code: `${code}-${n}`, name: { en: `${n}` } }))
      const input = { productId: product.id, code, name: { en: code }, values }
      return (await save('optionCreate', input, 'option { values { id } }')).option.values
    }
    const [sizes, colors] = [await option('size', 40), await option('color', 50)]
    const create = sizes.flatMap((size, s) =>
      colors.map((color, c) => ({
        sku: `WIDE-SHIRT-SIZE-${s}-COLOR-${c}`,
        name: { en: `Shirt in size ${s} and color ${c}`, es: `Camisa de la talla ${s} y el color ${c}` },
        optionValueIds: [size.id, color.id],
      })),
    )
    const input = { productId: product.id, create }
    expect(create).toHaveLength(2_000)
    expect(JSON.stringify(input).length).toBeGreaterThan(DEFAULT_LIMITS.bodyBytes)
    await save('variantsSave', input, 'product { id }')
  })

  it.each(['staff', 'edge'] as const)('is taken up to the limit from %s, and not above it', async (who) => {
    const largest = bodyOf(DEFAULT_LIMITS.staffBodyBytes)
    const headers = { ...people[who], 'content-length': String(largest.length) }
    expect((await post(largest, headers)).status).not.toBe(413)
    const larger = `${largest} `
    const refused = await post(larger, { ...headers, 'content-length': String(larger.length) })
    expect(refused.errors?.[0]?.extensions).toMatchObject({
      code: 'REQUEST_TOO_LARGE',
      data: { max: DEFAULT_LIMITS.staffBodyBytes },
    })
  })

  it.each(['guest', 'owner', 'device', 'forged'] as const)('is refused from %s, as ever', async (who) => {
    const headers = who === 'forged' ? { authorization: 'Bearer forged' } : people[who]
    const body = bodyOf(DEFAULT_LIMITS.bodyBytes + 1)
    const refused = await post(body, { ...headers, 'content-length': String(body.length) })
    expect(refused).toMatchObject({ status: 413 })
    expect(refused.errors?.[0]?.extensions).toMatchObject({ data: { max: DEFAULT_LIMITS.bodyBytes } })
  })

  it.each([
    ['staff', 200],
    ['owner', 413],
  ] as const)('that does not say its length is read as far as %s may send', async (who, status) => {
    const bytes = new TextEncoder().encode(
      JSON.stringify({
        query: '{ context { actor } }',
        extensions: { padding: 'x'.repeat(300_000) },
      }),
    )
    const response = await api.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...people[who] },
      body: new Blob([bytes]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(status)
    await response.text()
  })
})
