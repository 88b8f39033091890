import { measuredText, unitPriceRatio } from '@hilo/catalog'
import { AmountType, componentsOf, goodsOf, variant } from '@hilo/catalog/graphql'
import { builder, MoneyType } from '@hilo/graphql'
import { formatMoney, type Money, money } from '@hilo/kernel'
import { unitPrice } from '@hilo/pricing'
import { shelfOf } from './shelf-price.ts'

type Ratio = NonNullable<ReturnType<typeof unitPriceRatio>>

interface UnitPrice {
  readonly price: Money
  readonly reference: Ratio['reference']
}

const UnitPriceType = builder.objectRef<UnitPrice>('UnitPrice').implement({
  description:
    'The price of a reference amount, so that packs of different sizes compare (Directive 98/6/EC).',
  fields: (t) => ({
    price: t.field({ type: MoneyType, resolve: ({ price }) => price }),
    reference: t.field({ type: AmountType, resolve: ({ reference }) => reference }),
    text: t.string({
      description: 'In the language of the request: 12.40 €/kg, 0.31 €/100 ml.',
      resolve: ({ price, reference }, _args, ctx) => {
        const amount = measuredText(reference.amount, { ...reference, scale: 0 }, ctx)
        const per = reference.amount === 1 ? amount.replace(/^\S+\s/u, '') : amount
        return `${formatMoney(price, ctx.locale)}/${per}`
      },
    }),
  }),
})

const BundleSavingType = builder
  .objectRef<{ readonly separately: Money; readonly saves: Money }>('BundleSaving')
  .implement({
    description: 'What a bundle saves against its components bought alone, at shelf prices.',
    fields: (t) => ({
      separately: t.field({ type: MoneyType, resolve: ({ separately }) => separately }),
      saves: t.field({
        type: MoneyType,
        description: '0 when the bundle is not cheaper.',
        resolve: ({ saves }) => saves,
      }),
    }),
  })

builder.objectFields(variant.ref, (t) => ({
  unitPrice: t.field({
    type: UnitPriceType,
    nullable: true,
    description:
      'The shelf price by the kilogram, litre, metre, …; null when it is not sold here, or nobody said what a pack holds.',
    resolve: async ({ id }, _args, ctx) => {
      const ratio = unitPriceRatio((await goodsOf(ctx, id))!)
      const shelf = ratio && (await shelfOf(ctx, id))
      if (!shelf) return null
      return {
        price: money(unitPrice(shelf.line.unit, ratio), shelf.currency),
        reference: ratio.reference,
      }
    },
  }),
  bundleSaving: t.field({
    type: BundleSavingType,
    nullable: true,
    description: 'Null for what is no bundle, and while a component is not sold alone here.',
    resolve: async ({ id }, _args, ctx) => {
      const components = await componentsOf(ctx, id)
      const bundle = components.length > 0 ? await shelfOf(ctx, id) : undefined
      if (!bundle) return null
      const shelves = await Promise.all(
        components.map(async ({ variantId, quantity }) => shelfOf(ctx, variantId, quantity)),
      )
      let separately = 0n
      for (const shelf of shelves) {
        if (!shelf) return null
        separately += shelf.line.subtotal
      }
      const saved = separately - bundle.line.unit
      return {
        separately: money(separately, bundle.currency),
        saves: money(saved > 0n ? saved : 0n, bundle.currency),
      }
    },
  }),
}))
