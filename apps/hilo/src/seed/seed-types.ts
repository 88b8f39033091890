import { createAttribute, createProductType } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { unwrap, type Uuid } from '@hilo/kernel'
import type { DemoAttributes } from '../../demo/data.ts'

/** Attributes and the product types that list them, by the use cases that check them. */
export const seedTypes = async (ctx: Context, { attributes, types }: DemoAttributes): Promise<void> => {
  const ids = new Map<string, Uuid>()
  for (const attribute of attributes)
    ids.set(attribute.code, unwrap(await createAttribute(ctx, attribute)).attributeId)
  for (const { attributes: listed, ...type } of types)
    unwrap(
      await createProductType(ctx, {
        ...type,
        attributes: listed.map(({ code, required = false }) => ({ attributeId: ids.get(code)!, required })),
      }),
    )
}
