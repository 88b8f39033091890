import { isUnavailable } from '@hilo/db'
import type { Sentence } from '@hilo/kernel'

/** Why a simulation failed, as people are told; what an error says is for the log alone. */
export const SIMULATION_FAILURES = {
  UNAVAILABLE: {
    en: 'The database could not be reached, or had no time for it. Try again later, or with fewer days.',
    es: 'La base de datos no respondió, o no tuvo tiempo. Inténtalo más tarde, o con menos días.',
  },
  UNEXPECTED: {
    en: 'It stopped at a fault of the program, which the log of the worker tells under the id of this simulation.',
    es: 'Se detuvo por un fallo del programa, que el registro del proceso explica con el id de esta simulación.',
  },
} as const satisfies Readonly<Record<string, Sentence>>

/** Why a simulation failed. */
export type SimulationFailure = keyof typeof SIMULATION_FAILURES

/** Why a simulation failed, out of what was thrown. */
export const failureOf = (error: unknown): SimulationFailure =>
  isUnavailable(error) ? 'UNAVAILABLE' : 'UNEXPECTED'
