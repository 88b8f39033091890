import type { RequestContext } from '@hilo/graphql'
import { continueTrace, duration, inSpan } from '@hilo/telemetry'
import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'

const requestTook = duration('hilo_http_request_seconds', 'Time of an HTTP request to the API, by status.')
const operationTook = duration(
  'hilo_graphql_operation_seconds',
  'Time of one GraphQL operation, by kind, by who asked, and whether it had errors.',
)

/**
 * A span for each request, which goes on with the trace of whoever asked (`traceparent`), and one for each operation;
 * both are measured. The answer says its correlation id in `X-Correlation-Id`.
 */
export const telemetry = (): Plugin<RequestContext & { request?: Request }> => {
  const correlationIds = new WeakMap<Request, string>()
  const startedAt = new WeakMap<Request, number>()
  return {
    instrumentation: {
      request: ({ request }, wrapped) => {
        startedAt.set(request, performance.now())
        const attributes = {
          'http.request.method': request.method,
          'url.path': URL.parse(request.url)?.pathname ?? '',
        }
        return continueTrace(request.headers.get('traceparent'), () =>
          inSpan(`${request.method} /graphql`, { side: 'server', attributes }, () => wrapped()),
        )
      },
      execute: (_payload, wrapped) => inSpan('graphql execute', {}, () => wrapped()),
    },
    onContextBuilding: ({ context }) => {
      if (context.request) correlationIds.set(context.request, context.correlationId)
    },
    onExecute: ({ args }) => {
      const began = performance.now()
      const { actor } = args.contextValue as unknown as RequestContext
      const type = getOperationAST(args.document, args.operationName ?? undefined)?.operation ?? 'query'
      return {
        onExecuteDone: ({ result }) => {
          const outcome = 'errors' in result && result.errors ? 'errors' : 'ok'
          operationTook(performance.now() - began, { type, actor: actor.kind, outcome })
        },
      }
    },
    onResponse: ({ request, response }) => {
      const correlationId = correlationIds.get(request)
      if (correlationId) response.headers.set('X-Correlation-Id', correlationId)
      requestTook(performance.now() - (startedAt.get(request) ?? performance.now()), {
        method: request.method,
        status: response.status,
      })
    },
  }
}
