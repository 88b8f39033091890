// Starts the server of a folder, prints its process id and port, and waits.
import { startEmbeddedPostgres } from '../index.ts'

const server = await startEmbeddedPostgres({ dataDir: process.argv[2]!, durable: false })
process.stdout.write(`${server.pid} ${server.port}\n`)
process.stdin.resume()
