import { category, collection } from '@hilo/catalog/graphql'
import { builder, toGlobalId } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import type { FacetCount, FacetResult } from '../engine.ts'

interface Value extends FacetCount {
  readonly facet: string
}

const FacetValue = builder.objectRef<Value>('ProductSearchFacetValue').implement({
  description: 'How many of the products that fit have this value.',
  fields: (t) => ({
    value: t.string({
      description: 'What a filter takes: the id of a category or collection, else a code or text.',
      resolve: ({ facet, value }) =>
        facet === 'category'
          ? toGlobalId('Category', value)
          : facet === 'collection'
            ? toGlobalId('Collection', value)
            : value,
    }),
    label: t.string({
      description: 'In the language of the request.',
      resolve: ({ label, value }, _args, ctx) => localize(label, ctx) || value,
    }),
    count: t.exposeInt('count'),
    category: t.field({
      type: category.ref,
      nullable: true,
      description: 'Of the facet category: its parent makes the tree.',
      resolve: ({ facet, value }, _args, ctx) => (facet === 'category' ? category.byId(ctx, value) : null),
    }),
    minimum: t.float({
      nullable: true,
      description: 'Of a range of prices, in minor units.',
      resolve: ({ least }) => least,
    }),
    maximum: t.float({
      nullable: true,
      description: 'Likewise; it is in the range.',
      resolve: ({ most }) => most,
    }),
  }),
})

/** The counts of one facet. */
export const Facet = builder.objectRef<FacetResult>('ProductSearchFacet').implement({
  description: 'What products that fit can be told apart by.',
  fields: (t) => ({
    facet: t.exposeString('facet'),
    values: t.field({
      type: [FacetValue],
      description: 'At most 100, those of most products first; ranges of prices of a round width.',
      resolve: async ({ facet, values }, _args, ctx) => {
        const own = values.map((value) => ({ ...value, facet }))
        if (facet !== 'collection') return own
        // Collections that are not published here are not told.
        const seen = await Promise.all(own.map(async ({ value }) => collection.byId(ctx, value)))
        return own.filter((_, index) => seen[index])
      },
    }),
    minimum: t.float({
      nullable: true,
      description: 'The least of a number, of days since 1970, or of prices in minor units.',
      resolve: ({ least }) => least,
    }),
    maximum: t.float({ nullable: true, description: 'The most of them.', resolve: ({ most }) => most }),
  }),
})
