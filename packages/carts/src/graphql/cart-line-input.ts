import { isUuid, ok, type Result, type Uuid } from '@hilo/kernel'
import { builder, readId, type RequestContext } from '@hilo/graphql'
import { readPriceToken } from '@hilo/promotions/graphql'
import type { LineInput } from '../read-lines.ts'

export const CartLineInput = builder.inputType('CartLineInput', {
  description: 'A line as it shall be.',
  fields: (t) => ({
    id: t.id({
      description:
        'Your own new UUID, or the id of a line to replace. Sent again it sets the same line; without it, a new line.',
    }),
    variantId: t.id({ description: 'This or sku.' }),
    sku: t.string({ description: 'This or variantId.' }),
    quantity: t.int({
      required: true,
      description: '1 to 1,000,000; of what is sold by measure in units of 10^-scale (see Variant.measure).',
    }),
    properties: t.field({
      type: 'JSON',
      description: 'A flat object, such as {"engraving": "Ada"}; at most 2,000 characters.',
    }),
    priceToken: t.string({
      description:
        'The price that was quoted (ShelfPrice.token), which the line has until the quote expires; a lower one of the shelf goes before. Left out the line keeps the quote it has, null lets go of it.',
    }),
  }),
})

/** The id of a line: a UUID that the client made, or the public form in which it was answered. */
export const readLineId = (text: string, path: readonly string[]): Result<Uuid> => {
  const plain = text.toLowerCase()
  return isUuid(plain) ? ok(plain) : readId('line', text, path)
}

type Input = typeof CartLineInput.$inferInput

/** A line out of an input, with database ids. */
export const readLineInput = (
  { quoting }: Pick<RequestContext, 'quoting'>,
  input: Input,
  path: readonly string[],
): Result<LineInput> => {
  const id = input.id == null ? ok(undefined) : readLineId(input.id, [...path, 'id'])
  if (!id.ok) return id
  const variantId =
    input.variantId == null ? ok(undefined) : readId('variant', input.variantId, [...path, 'variantId'])
  if (!variantId.ok) return variantId
  const quote = input.priceToken
    ? readPriceToken(quoting, input.priceToken, [...path, 'priceToken'])
    : ok(input.priceToken === undefined ? undefined : null)
  if (!quote.ok) return quote
  return ok({
    id: id.value,
    variantId: variantId.value,
    sku: input.sku,
    quantity: input.quantity,
    properties: input.properties,
    quote: quote.value,
  })
}
