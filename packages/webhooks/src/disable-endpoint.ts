import { appendEvents, command, type Context } from '@hilo/db'
import { ok } from '@hilo/kernel'
import { stopDeliveries } from './change-endpoint.ts'
import { endpointEvent } from './endpoint.ts'
import type { Ailing } from './settle.ts'

/** Switches an endpoint off because its receiver is gone or fails for days; staff hear of it by the event. Once. */
export const disableEndpoint = (ctx: Context, { endpointId, reason }: Ailing) =>
  command(ctx, { operation: 'disableEndpoint', input: null }, async (inner) => {
    const endpoint = await inner.db
      .updateTable('webhook_endpoint')
      .set((eb) => ({
        active: false,
        disabled_reason: reason,
        disabled_at: inner.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', endpointId)
      .where('active', '=', true)
      .returning('url')
      .executeTakeFirst()
    if (!endpoint) return ok(null)
    await stopDeliveries(inner, endpointId)
    const payload = { url: endpoint.url, reason }
    await appendEvents(inner, [endpointEvent(endpointId, 'WebhookEndpointDisabled.v1', { payload })])
    return ok(null)
  })
