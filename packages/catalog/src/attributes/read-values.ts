import { ok, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkCount } from '../text.ts'
import type { AttributeLevel } from '../types/product-type.ts'
import { ATTRIBUTE_REFUSALS } from './errors.ts'
import { type AttributeInput, readValue, type ValueColumns } from './read-value.ts'
import type { TypeDefinition } from './type-definitions.ts'

/** Most attributes in one request for one product or variant: as many as a type has. */
const MAX_ATTRIBUTES = 200

/** What one product or variant is to say. */
export interface OwnerInput {
  readonly productId: Uuid
  /** Null: the product itself. */
  readonly variantId: Uuid | null
  readonly inputs: readonly AttributeInput[]
  /** Where in the request the list stands. */
  readonly path: readonly string[]
}

/** What an owner will say of one attribute: no rows when the value is taken away. */
export interface OwnerValue {
  readonly productId: Uuid
  readonly variantId: Uuid | null
  readonly attributeId: Uuid
  readonly code: string
  readonly rows: readonly ValueColumns[]
  readonly path: readonly string[]
}

const readOwner = (
  definitions: ReadonlyMap<string, TypeDefinition>,
  { productId, variantId, inputs, path }: OwnerInput,
): Result<OwnerValue[]> => {
  const counted = checkCount(inputs, MAX_ATTRIBUTES, path)
  if (!counted.ok) return counted
  const level: AttributeLevel = variantId === null ? 'PRODUCT' : 'VARIANT'
  const values = new Map<string, OwnerValue>()
  for (const [index, input] of inputs.entries()) {
    const at = [...path, String(index)]
    const shown = input.code.slice(0, 60).toWellFormed()
    const definition = definitions.get(input.code)
    if (definition?.level !== level)
      return ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_UNKNOWN', { attribute: shown }, [...at, 'code'])
    if (values.has(input.code))
      return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: shown }, [...at, 'code'])
    const rows = readValue(definition.attribute, input, at)
    if (!rows.ok) return rows
    const attributeId = definition.attribute.id
    values.set(input.code, {
      productId,
      variantId,
      attributeId,
      code: input.code,
      rows: rows.value,
      path: at,
    })
  }
  return ok([...values.values()])
}

/** What many owners will say, and the first refusal of each owner whose values are none. */
export const readOwners = (
  definitions: ReadonlyMap<string, TypeDefinition>,
  owners: readonly OwnerInput[],
): { readonly values: readonly OwnerValue[]; readonly refused: readonly Refusal[] } => {
  const values: OwnerValue[] = []
  const refused: Refusal[] = []
  for (const owner of owners) {
    const read = readOwner(definitions, owner)
    if (read.ok) values.push(...read.value)
    else refused.push(read.error)
  }
  return { values, refused }
}
