import { defineMutation, LocalizedInput, readId, readLocalized } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { createCategory, updateCategory } from '../save-category.ts'
import { category } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

defineMutation('categoryCreate', {
  description: 'Adds a category as the last below its parent, or as a root.',
  access,
  input: (t) => ({
    slug: t.string({ required: true }),
    name: t.field({ type: LocalizedInput, required: true }),
    parentId: t.id(),
  }),
  run: async (ctx, input) => {
    const parentId = input.parentId == null ? ok(null) : readId('category', input.parentId, ['parentId'])
    if (!parentId.ok) return parentId
    return createCategory(ctx, {
      slug: input.slug,
      name: readLocalized(input.name),
      parentId: parentId.value,
    })
  },
  payload: (t) => ({
    category: t.field({
      type: category.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && category.byId(ctx, value.categoryId),
    }),
  }),
})

defineMutation('categoryUpdate', {
  description: 'Renames a category, or moves it with all that is below; a parentId of null makes it a root.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    slug: t.string(),
    name: t.field({ type: LocalizedInput }),
    parentId: t.id(),
  }),
  run: async (ctx, input) => {
    const id = readId('category', input.id, ['id'])
    if (!id.ok) return id
    const parentId =
      input.parentId == null ? ok(input.parentId) : readId('category', input.parentId, ['parentId'])
    if (!parentId.ok) return parentId
    return updateCategory(ctx, {
      ...input,
      id: id.value,
      name: input.name && readLocalized(input.name),
      parentId: parentId.value,
    })
  },
  payload: (t) => ({
    category: t.field({
      type: category.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && category.byId(ctx, value.categoryId),
    }),
  }),
})
