import { builder } from '@hilo/graphql'
import { PROMOTION_SCHEMA } from '@hilo/pricing'

builder.queryField('promotionSchema', (t) =>
  t.field({
    type: 'JSON',
    description:
      'The JSON Schema (draft 2020-12) of a promotion’s definition, with hints for forms: every condition and effect there is.',
    authScopes: { permission: 'promotions:read' },
    resolve: () => PROMOTION_SCHEMA,
  }),
)
