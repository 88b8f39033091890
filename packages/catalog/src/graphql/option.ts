import { builder, LocalizedText } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { option, optionValue } from './nodes.ts'

builder.node(optionValue.ref, {
  ...optionValue.options,
  description: 'One choice of an option, such as 250 g.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
  }),
})

builder.node(option.ref, {
  ...option.options,
  description: 'A way in which the variants of a product differ, such as its size.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    values: t.field({ type: [optionValue.ref], resolve: ({ values }) => values }),
  }),
})
