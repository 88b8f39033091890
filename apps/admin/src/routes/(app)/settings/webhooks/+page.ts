import { read } from '#lib/api/read.ts'
import { EndpointChoices, EndpointList } from '#lib/webhooks/endpoint.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const [{ webhookEndpoints }, choices] = await Promise.all([
    read(event, EndpointList, {}),
    read(event, EndpointChoices, {}),
  ])
  return { endpoints: webhookEndpoints, choices }
}
