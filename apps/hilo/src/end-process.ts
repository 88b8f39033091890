/** Long enough for compilers to get from the main thread what they wait for, in milliseconds. */
const OPEN_FOR_MS = 500

/**
 * Ends the process with this exit code as soon as nothing is open any more, and after half a second in any case.
 * `process.exit` at once can wait for ever for a thread that compiles and itself waits for the main thread to collect
 * garbage (nodejs/node issue 54918): it happens to programs that end soon after they have loaded much.
 */
export const endProcess = (code: number): void => {
  process.exitCode = code
  setTimeout(() => process.exit(), OPEN_FOR_MS).unref()
}
