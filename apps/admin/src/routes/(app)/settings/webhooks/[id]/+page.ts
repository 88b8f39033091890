import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { m } from '#lib/paraglide/messages.js'
import { EndpointChoices, ReadEndpoint } from '#lib/webhooks/endpoint.ts'
import { deliveryStateOf } from '#lib/webhooks/names.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  const { searchParams } = event.url
  const [{ webhookEndpoint, webhookDeliveries }, choices] = await Promise.all([
    read(event, ReadEndpoint, {
      id: event.params.id,
      first: PAGE,
      after: cursorOf(searchParams),
      state: deliveryStateOf(searchParams.get('state')) ?? null,
    }),
    read(event, EndpointChoices, {}),
  ])
  if (!webhookEndpoint) error(404, m.webhook_not_found())
  return { endpoint: webhookEndpoint, deliveries: webhookDeliveries, choices }
}
