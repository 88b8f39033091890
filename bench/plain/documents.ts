import type { BenchRequest } from '../scenario.ts'

const listQuery = (ofProduct: string, ofVariant: string): string => `query List($first: Int!) {
  products(first: $first) {
    nodes {
      id slug name ${ofProduct}
      variants {
        id sku name ${ofVariant}
        price {
          unit { amountMinor currency decimal formatted }
          list { amountMinor }
          promotions { name amount { amountMinor } }
        }
        availability { status quantity }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`

const asking = (query: string, variables: object): BenchRequest => ({
  body: JSON.stringify({ query, variables }),
})

const productListQuery = listQuery('', '')

const optionListQuery = listQuery('options { code name values { code name } }', 'optionValues { code name }')

/** The list that a shop's front page asks for; `plainList` answers the same. */
export const productListRequest = (first: number): BenchRequest => asking(productListQuery, { first })

/** The same with the options of each product and what each variant is of them. */
export const optionListRequest = (first: number): BenchRequest => asking(optionListQuery, { first })

const productPageQuery = `query One($slug: String!) {
  product(slug: $slug) {
    id slug name description
    images { url alt }
    options { code name values { code name } }
    categories { slug name }
    priceRange { min { formatted } max { formatted } }
    variants {
      id sku name optionValues { code name }
      price { unit { formatted } list { formatted } lowestPrice30d { formatted } promotions { name } }
      availability { status quantity }
    }
  }
}`

/** What the page of one product asks for. */
export const productPageRequest = asking(productPageQuery, { slug: 'product-7' })
