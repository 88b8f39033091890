import type { Handler } from './http.ts'

const answer =
  (check: () => Promise<string | undefined>): Handler =>
  async (_request, response) => {
    const problem = await check()
    response.writeHead(problem ? 503 : 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    response.end(JSON.stringify(problem ? { status: 'unavailable', problem } : { status: 'ok' }))
  }

/** Liveness: the process answers at all. Restart it when it does not. */
export const health: Handler = answer(() => Promise.resolve(undefined))

/** Readiness: it can do its work now. Send it no traffic while it cannot. The first problem is told. */
export const readiness = (problems: readonly (() => Promise<string | undefined>)[]): Handler =>
  answer(async () => (await Promise.all(problems.map((problem) => problem()))).find(Boolean))
