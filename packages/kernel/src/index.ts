export { type Actor, ACTOR_KINDS, actorKey, GUEST, may, mayIn, notHeld, ownerOf, reachOf } from './actor.ts'
export { readActor, SYSTEM } from './actor.ts'
export { type Clock, systemClock } from './clock.ts'
export { currency, type CurrencyCode, exponentOf, isCurrency } from './currency.ts'
export { type CursorKey, decodeCursor, encodeCursor } from './cursor.ts'
export { type Grant, grant, type Place, type Reach, reaches } from './grant.ts'
export { decodeId, encodeId, ID_PREFIX, type IdKind, isUuid, newId, parseId, type Uuid } from './id.ts'
export { EXPECTED, expectedOf, reasonOf } from './shape-issue.ts'
export { type Noun, NOUNS } from './nouns.ts'
export {
  add,
  allocate,
  atRate,
  divideRounded,
  formatMoney,
  fromDecimal,
  MAX_AMOUNT_MINOR,
  money,
  type Money,
  multiply,
  PPM,
  type Ppm,
  subtract,
  toDecimal,
  zero,
} from './money.ts'
export { narrowedBy, type Permission, PERMISSIONS } from './permission.ts'
export { type Err, err, errAll, type Ok, ok, type Refusal, refuse, type Result, unwrap } from './result.ts'
export { type Channel, CHANNEL_KINDS, type ChannelKind, LOCALES, type Locale, type Market } from './shop.ts'
export {
  canonicalLocale,
  contentLocale,
  languageChain,
  languagesOf,
  type Localized,
  localize,
  marketReader,
  negotiateLanguage,
  negotiateLocale,
  type Reader,
  readerIn,
} from './localized.ts'
export { isDay, storable } from './text.ts'
export {
  COMMON,
  defineRefusals,
  type FactKind,
  MAX_QUANTITY,
  type RefusalCatalogue,
  refusalMessage,
  type RefusalOf,
  type RefusalSpec,
  type Sentence,
  sentenceIn,
} from './refusals.ts'
