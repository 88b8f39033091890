export { createTestSynonym } from './create-test-synonym.ts'
export { indexAll, lookFor } from './look-for.ts'
