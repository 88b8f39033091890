import type { Context } from '@hilo/db'
import { ask } from '@hilo/graphql/testing'

export type TaxClass = 'STANDARD' | 'REDUCED' | 'ZERO'

/** What a published case says of a line. */
export interface CaseLine {
  readonly price: number
  readonly quantity?: number
  readonly taxClass?: TaxClass
}

/** What is asked about the cart of a case. */
export const CART = `token cart { id subtotal { amountMinor } discount { amountMinor } delivery { amountMinor }
  tax { amountMinor } taxes { ratePpm net { amountMinor } tax { amountMinor } } total { amountMinor } lines { unit { amountMinor } discount { amountMinor } total { amountMinor } }
  applications { amount { amountMinor } allocations { amount { amountMinor } } }
  trace { code facts message } problems { code } coupons }`

interface Amount {
  readonly amountMinor: number
}

/** The cart of a case. */
export interface CaseCart {
  readonly id: string
  readonly subtotal: Amount
  readonly discount: Amount
  readonly delivery: Amount
  readonly tax: Amount
  readonly taxes: readonly { readonly ratePpm: number; readonly net: Amount; readonly tax: Amount }[]
  readonly total: Amount
  readonly lines: readonly { readonly unit: Amount; readonly discount: Amount; readonly total: Amount }[]
  readonly applications: readonly {
    readonly amount: Amount
    readonly allocations: readonly { readonly amount: Amount }[]
  }[]
  readonly trace: readonly { readonly code: string; readonly message: string }[]
  readonly coupons: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/** A mutation, with what it refused. */
export const send = async (ctx: Context, name: string, input: object, fields: string): Promise<Json> => {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const { data, errors } = await ask<Record<string, Json>>(
    `mutation ($input: ${title}!) { ${name}(input: $input) { ${fields} userErrors { code path message } } }`,
    { ctx, variables: { input } },
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data[name]!
}

/** The code of the first refusal. */
export const refusalOf = ({ userErrors }: Json): string | undefined =>
  (userErrors as { code: string }[])[0]?.code

/** What a cart comes to, net/gross; throws when allocations do not sum to their application. */
export const sumsOf = ({ applications, tax, total }: CaseCart): string => {
  for (const { amount, allocations } of applications) {
    const sum = allocations.reduce((all, part) => all + part.amount.amountMinor, 0)
    if (sum !== amount.amountMinor) throw new Error(`Allocations of ${sum} make ${amount.amountMinor}`)
  }
  return `${total.amountMinor - tax.amountMinor}/${total.amountMinor}`
}

/** A percentage off. */
export const percent = (ratePpm: number, target: string) => ({ effect: { kind: 'PERCENT', ratePpm, target } })
/** So many minor units of euros off. */
export const amount = (minor: number, target: string) => ({
  effect: { kind: 'AMOUNT', amounts: { EUR: minor }, target },
})
/** From this subtotal in euros on. */
export const fromSubtotal = (minor: number) => ({
  conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: minor } }],
})
