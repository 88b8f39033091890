export type { Sql, SqlValue } from './sql.ts'
export { openStore, type Store, type StoreOptions } from './store.ts'
