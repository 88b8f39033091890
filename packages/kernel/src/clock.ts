/** Where the time comes from: an argument, so that tests and simulations can set it. */
export type Clock = () => Date

/** The machine's own clock. */
export const systemClock: Clock = () => new Date()
