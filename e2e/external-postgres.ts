// A Postgres that is not Hilo's own: node e2e/external-postgres.ts FOLDER [PORT]; prints its URL, ends with SIGTERM.
import { startEmbeddedPostgres } from '@hilo/db'

const [dataDir, port] = process.argv.slice(2)
const server = await startEmbeddedPostgres({
  dataDir: dataDir!,
  durable: false,
  ...(port && { port: Number(port) }),
})
// The server does not keep its process alive; this does.
const stay = setInterval(() => undefined, 60_000)
process.once('SIGTERM', () => {
  clearInterval(stay)
  void server.stop()
})
process.stdout.write(`${server.url}\n`)
