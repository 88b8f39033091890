export { conformance } from './conformance.ts'
export { createTestSynonym } from './create-test-synonym.ts'
export { indexAll, lookFor } from './look-for.ts'
export { memorySearch } from './memory-engine.ts'
