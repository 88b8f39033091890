import { redirect } from '@sveltejs/kit'
import { graphql } from '#lib/api/graphql.ts'
import { read, signInPath } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import type { LayoutLoad } from './$types'

const Viewer = graphql(`
  query Viewer {
    shop {
      name
    }
    viewer {
      __typename
      ... on Staff {
        name
        email
        permissions
      }
    }
  }
`)

export const load: LayoutLoad = async (event) => {
  const { shop, viewer } = await read(event, Viewer, {})
  if (viewer?.__typename !== 'Staff') redirect(303, signInPath(event.url))
  return { shopName: shop?.name ?? m.app_name(), staff: viewer }
}
