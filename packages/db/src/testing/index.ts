export { logSettled } from './settled.ts'
export { recordStatements } from './statements.ts'
export { TEST_CHANNEL, TEST_TIME, testContext } from './test-context.ts'
export { type TestDatabase, testDatabase } from './test-database.ts'
