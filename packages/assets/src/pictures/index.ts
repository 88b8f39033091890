export { inspect } from './inspect.ts'
export { MEDIA_TYPE, render } from './render.ts'
export { createTurns, TooManyWaiting } from './turns.ts'
