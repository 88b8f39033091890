import { builder } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { image, option, optionValue } from './nodes.ts'

builder.node(optionValue.ref, {
  ...optionValue.options,
  description: 'One choice of an option, such as 250 g.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
  }),
})

builder.node(option.ref, {
  ...option.options,
  description: 'A way in which the variants of a product differ, such as its size.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    values: t.field({ type: [optionValue.ref], resolve: ({ values }) => values }),
  }),
})

builder.node(image.ref, {
  ...image.options,
  description: 'A picture of a product.',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'An address, or a path of the shop’s own server.' }),
    alt: t.string({
      description: 'What is to be seen, for those who cannot; empty when nobody wrote it.',
      resolve: ({ alt }, _args, ctx) => localize(alt, ctx),
    }),
    position: t.exposeInt('position', { description: 'From 0; the first is the main one.' }),
  }),
})
