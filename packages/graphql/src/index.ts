export type { Access } from './access.ts'
export { builder, type SchemaTypes, type Types } from './builder.ts'
export {
  type Connection,
  connectionType,
  DEFAULT_PAGE,
  keysetConnection,
  MAX_PAGE,
  pageArgs,
} from './connection.ts'
export type { AssetDoor, Outbound, Quoting, RequestContext } from './context.ts'
export { fromGlobalId, readId, readIds, toGlobalId } from './ids.ts'
export {
  forgetLoaded,
  loadAll,
  loadedKeys,
  type Loader,
  loadMany,
  loadOne,
  type Soon,
  whenLoaded,
} from './load.ts'
export { loadsAhead, lookAhead, rowsAskFor } from './look-ahead.ts'
export { loadPages, type PageOfOwners } from './load-pages.ts'
export { type LocalizedEntered, LocalizedInput, LocalizedText, readLocalized } from './localized.ts'
export { MoneyInput, MoneyType, readMoney } from './money.ts'
export { defineMutation, type InputBuilder, type Payload } from './mutation.ts'
export { defineNode } from './node.ts'
export { defineSubscription, mayHear } from './subscription.ts'
export { errorTypeName, refusalCatalogue, refusalError, registerRefusals, UserError } from './user-error.ts'
import './scalars.ts'
import './root.ts'
