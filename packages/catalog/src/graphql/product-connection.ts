import { connectionType } from '@hilo/graphql'
import { product } from './nodes.ts'

export const ProductConnection = connectionType(product.ref, 'Product')
