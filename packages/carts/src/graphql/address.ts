import { builder } from '@hilo/graphql'
import type { Address } from '../address.ts'

export const AddressType = builder.objectRef<Address>('Address').implement({
  description: 'Where something is delivered to.',
  fields: (t) => ({
    name: t.exposeString('name'),
    line1: t.exposeString('line1'),
    line2: t.exposeString('line2', { nullable: true }),
    city: t.exposeString('city'),
    postalCode: t.exposeString('postalCode'),
    region: t.exposeString('region', { nullable: true }),
    country: t.field({ type: 'CountryCode', resolve: ({ country }) => country }),
    phone: t.exposeString('phone', { nullable: true }),
  }),
})

export const AddressInput = builder.inputType('AddressInput', {
  description: 'Where to deliver to; the country is one of the market.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'At most 200 characters.' }),
    line1: t.string({ required: true, description: 'At most 200 characters.' }),
    line2: t.string({ description: 'At most 200 characters.' }),
    city: t.string({ required: true, description: 'At most 100 characters.' }),
    postalCode: t.string({ required: true, description: 'At most 20 characters.' }),
    region: t.string({ description: 'At most 100 characters.' }),
    country: t.field({ type: 'CountryCode', required: true }),
    phone: t.string({ description: 'At most 40 characters.' }),
  }),
})
