import { builder, defineMutation, LocalizedInput, readId, readLocalized } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { CATEGORY_CONTENTS, deleteCategory } from '../delete-category.ts'
import { createCategory, updateCategory } from '../save-category.ts'
import { category } from './nodes.ts'
import { readSeo, SeoInput } from './seo.ts'

const access = { permission: 'catalog:write' } as const

defineMutation('categoryCreate', {
  description: 'Adds a category as the last below its parent, or as a root.',
  access,
  input: (t) => ({
    slug: t.string({ description: 'Made of the name when left out.' }),
    name: t.field({ type: LocalizedInput, required: true }),
    seo: t.field({ type: SeoInput }),
    parentId: t.id(),
  }),
  run: async (ctx, input) => {
    const parentId = input.parentId == null ? ok(null) : readId('category', input.parentId, ['parentId'])
    if (!parentId.ok) return parentId
    return createCategory(ctx, {
      slug: input.slug,
      name: readLocalized(input.name),
      seo: readSeo(input.seo),
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
    seo: t.field({ type: SeoInput, description: 'Replaces all SEO fields.' }),
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
      seo: readSeo(input.seo),
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

defineMutation('categoryMove', {
  description: 'Moves a category with all that is below it to another parent, or among its siblings.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    parentId: t.id({ description: 'Null makes it a root; left out, its parent stays.' }),
    beforeId: t.id({ description: 'The sibling that it shall stand before; the last when left out.' }),
  }),
  run: async (ctx, input) => {
    const id = readId('category', input.id, ['id'])
    if (!id.ok) return id
    const parentId =
      input.parentId == null ? ok(input.parentId) : readId('category', input.parentId, ['parentId'])
    if (!parentId.ok) return parentId
    const beforeId = input.beforeId == null ? ok(null) : readId('category', input.beforeId, ['beforeId'])
    if (!beforeId.ok) return beforeId
    return updateCategory(ctx, {
      id: id.value,
      ...(input.ifVersion != null && { ifVersion: input.ifVersion }),
      ...(parentId.value !== undefined && { parentId: parentId.value }),
      beforeId: beforeId.value,
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

const CategoryContentEnum = builder.enumType('CategoryContent', {
  description: 'What becomes of what is in a category that is deleted.',
  values: CATEGORY_CONTENTS,
})

defineMutation('categoryDelete', {
  description:
    'Deletes a category. One that is not empty is refused, unless its content shall move up to its parent.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    content: t.field({ type: CategoryContentEnum, description: 'REFUSE when not said.' }),
  }),
  run: async (ctx, { id: publicId, ifVersion, content }) => {
    const id = readId('category', publicId, ['id'])
    return id.ok
      ? deleteCategory(ctx, {
          id: id.value,
          ...(ifVersion != null && { ifVersion }),
          ...(content && { content }),
        })
      : id
  },
  payload: (t) => ({
    deleted: t.boolean({ nullable: true, resolve: ({ value }) => value && true }),
  }),
})
