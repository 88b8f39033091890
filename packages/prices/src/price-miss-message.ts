import type { Locale } from '@hilo/kernel'
import type { PriceMiss, PriceRequest } from '@hilo/pricing'
import type { ExplainedPrice } from './explain-price.ts'
import { within } from './period.ts'
import type { PriceListKind } from './price-list.ts'

type Facts = Readonly<
  Record<
    'rank' | 'best' | 'currency' | 'asked' | 'from' | 'until' | 'tier' | 'quantity' | 'kind' | 'others',
    string
  >
>
type Sentence = readonly [en: string, es: string]

const SENTENCES: Readonly<Record<PriceMiss | 'CHOSEN' | 'OTHER_KIND', Sentence>> = {
  CHOSEN: [
    'It is chosen: of the prices that fit it has the highest rank ({rank}), then the highest quantity, then the lowest amount.',
    'Es el elegido: de los precios que encajan tiene el rango más alto ({rank}), luego la cantidad más alta y el importe más bajo.',
  ],
  CURRENCY: ['It is in {currency}; {asked} is asked for.', 'Está en {currency}; se pide en {asked}.'],
  LIST_INACTIVE: ['Its list is not active.', 'Su lista no está activa.'],
  OVERRIDDEN: [
    'It would follow from another list, but this list, or one on the way, has a price of its own for this quantity.',
    'Derivaría de otra lista, pero esta lista, o una intermedia, tiene un precio propio para esta cantidad.',
  ],
  BUNDLE: [
    'It is not asked: the bundle costs what its components do, less its reduction.',
    'No se aplica: el lote cuesta lo que sus componentes, menos su reducción.',
  ],
  NOT_STARTED: ['It holds from {from} on.', 'Vale a partir de {from}.'],
  EXPIRED: ['It held until {until}.', 'Valió hasta {until}.'],
  MARKET: ['Its list is for other markets.', 'Su lista es para otros mercados.'],
  CHANNEL: ['Its list is for other channels.', 'Su lista es para otros canales.'],
  COUNTRY: ['Its list is for other countries.', 'Su lista es para otros países.'],
  CUSTOMER_GROUP: ['Its list is for other customer groups.', 'Su lista es para otros grupos de clientes.'],
  SEGMENT: ['Its list is for other segments.', 'Su lista es para otros segmentos.'],
  QUANTITY: [
    'It holds for {tier} units; {quantity} are asked for.',
    'Vale para {tier} unidades; se piden {quantity}.',
  ],
  LESS_SPECIFIC: [
    'The chosen price is of a more specific list: rank {best}, this one {rank}.',
    'El precio elegido es de una lista más específica: rango {best}, este {rank}.',
  ],
  OTHER_KIND: [
    'The chosen price is of {kind}, which goes before {others}: rank {best}, this one {rank}.',
    'El precio elegido es de {kind}, que va antes que {others}: rango {best}, este {rank}.',
  ],
  LOWER_TIER: [
    'The chosen price begins at a higher quantity, with the same rank.',
    'El precio elegido empieza en una cantidad más alta, con el mismo rango.',
  ],
  HIGHER_AMOUNT: [
    'The chosen price is lower, with the same rank and quantity.',
    'El precio elegido es más bajo, con el mismo rango y cantidad.',
  ],
  LATER_ID: [
    'The chosen price is the same and was there first.',
    'El precio elegido es igual y estaba antes.',
  ],
}

/** Each kind as the one that wins, and as those that lose. */
const KINDS: Readonly<Record<PriceListKind, readonly [one: Sentence, all: Sentence]>> = {
  BASE: [
    ['a base list', 'una lista base'],
    ['base prices', 'los precios base'],
  ],
  SALE: [
    ['a sale', 'una oferta'],
    ['sales', 'las ofertas'],
  ],
  CONTRACT: [
    ['a contract', 'un contrato'],
    ['contracts', 'los contratos'],
  ],
}

const tierOf = ({ minQuantity, maxQuantity }: ExplainedPrice): string =>
  maxQuantity === null ? `≥ ${minQuantity}` : `${minQuantity}–${maxQuantity}`

/** Why a price is chosen or not, as a sentence for people; times are UTC. */
export const priceMissMessage = (
  price: ExplainedPrice,
  { request, chosen }: { readonly request: PriceRequest; readonly chosen: ExplainedPrice | undefined },
  locale: Locale,
): string => {
  const { from, until } = within(price.valid, price.list.valid)
  const pick = ([en, es]: Sentence): string => (locale === 'es' ? es : en)
  const best = (chosen ?? price).list
  const facts: Facts = {
    kind: pick(KINDS[best.kind][0]),
    others: pick(KINDS[price.list.kind][1]),
    rank: String(price.list.rank),
    best: String(best.rank),
    currency: price.currency,
    asked: request.currency,
    from: from?.toISOString() ?? '',
    until: until?.toISOString() ?? '',
    tier: tierOf(price),
    quantity: String(request.quantity),
  }
  const reason = price.chosen ? 'CHOSEN' : (price.reason ?? 'LATER_ID')
  const isOtherKind = reason === 'LESS_SPECIFIC' && best.kind !== price.list.kind
  return pick(SENTENCES[isOtherKind ? 'OTHER_KIND' : reason]).replace(
    /\{(\w+)\}/g,
    (_, name: string) => facts[name as keyof Facts],
  )
}
