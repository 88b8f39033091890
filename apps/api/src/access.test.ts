import { describe, expect, it } from 'vitest'
import { schema } from './schema.ts'

/** The access rule that Pothos keeps beside a field. */
const ruleOf = (field: { extensions: object }): unknown =>
  (field.extensions as { pothosOptions?: { authScopes?: unknown } }).pothosOptions?.authScopes

const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!]

describe('every field at the door', () => {
  it.each(
    roots.flatMap((root) =>
      Object.values(root.getFields()).map((field) => [root.name, field.name, field] as const),
    ),
  )('%s.%s says who may reach it', (_root, _name, field) => {
    expect(ruleOf(field)).toBeTypeOf('object')
  })

  it.each(Object.values(schema.getMutationType()!.getFields()).map((field) => [field.name, field] as const))(
    'the mutation %s takes one input with an idempotency key and answers userErrors',
    (_name, field) => {
      expect(field.args.map(({ name }) => name)).toEqual(['input'])
      expect(String(field.args[0]!.type)).toMatch(/Input!$/)
      const payload = schema.getType(String(field.type).replace('!', ''))
      expect(payload && 'getFields' in payload && Object.keys(payload.getFields())).toContain('userErrors')
      const input = schema.getType(String(field.args[0]!.type).replace('!', ''))
      expect(input && 'getFields' in input && Object.keys(input.getFields())).toContain('idempotencyKey')
    },
  )

  it.each(
    Object.values(schema.getSubscriptionType()!.getFields()).map((field) => [field.name, field] as const),
  )('the subscription %s resumes with after', (_name, field) => {
    expect(field.args.map(({ name }) => name)).toContain('after')
  })
})
