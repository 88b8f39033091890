import { defineRefusals } from '@hilo/kernel'

/** What channels and markets refuse. */
export const CHANNELS = defineRefusals({
  CHANNEL_NOT_OPEN: {
    data: { channelCode: 'string' },
    en: 'The channel {channelCode} is closed.',
    es: 'El canal {channelCode} está cerrado.',
    fix: 'Open it first, or choose another.',
  },
  CHANNEL_IS_DEFAULT: {
    data: { channelCode: 'string' },
    en: 'The channel {channelCode} answers whoever names none, so it cannot be closed.',
    es: 'El canal {channelCode} responde a quien no indica ninguno, así que no se puede cerrar.',
    fix: 'Make another channel the default of the shop first.',
  },
  SETTINGS_CODE_INVALID: {
    data: {},
    en: 'A code is 1 to 40 small letters, digits and dashes, and does not begin with a dash.',
    es: 'Un código tiene de 1 a 40 minúsculas, cifras y guiones, y no empieza por un guion.',
    fix: 'Send another code: it stands in headers and topics, and stays for ever.',
  },
  CHANNEL_CODE_TAKEN: {
    data: { channelCode: 'string' },
    en: 'There is a channel {channelCode} already.',
    es: 'Ya existe un canal {channelCode}.',
    fix: 'Choose another code, or open that channel again.',
  },
  COUNTRIES_INVALID: {
    data: { max: 'int' },
    en: 'A market has 1 to {max} countries, each once.',
    es: 'Un mercado tiene de 1 a {max} países, cada uno una vez.',
    fix: 'Send each country once, home first.',
  },
  DELIVERY_PRICE_INVALID: {
    data: { max: 'int' },
    en: 'A delivery costs 0 to {max} minor units.',
    es: 'Un envío cuesta de 0 a {max} unidades menores.',
    fix: 'Send an amount within the limits.',
  },
  MARKET_CODE_TAKEN: {
    data: { marketCode: 'string' },
    en: 'There is a market {marketCode} already.',
    es: 'Ya existe un mercado {marketCode}.',
    fix: 'Choose another code, or use that market.',
  },
  MARKET_CURRENCY_IN_USE: {
    data: { marketCode: 'string', channels: 'int', priceLists: 'int' },
    en: 'The market {marketCode} has channels ({channels}) or price lists ({priceLists}), so its currency stays.',
    es: 'El mercado {marketCode} tiene canales ({channels}) o listas de precios ({priceLists}), así que su moneda se queda.',
    fix: 'Make a new market in the other currency, with channels of its own.',
  },
  SETTINGS_NAME_INVALID: {
    data: { max: 'int' },
    en: 'A name has 1 to {max} characters.',
    es: 'Un nombre tiene de 1 a {max} caracteres.',
    fix: 'Send a name in at least one language, and shorter texts.',
  },
  TAX_RATE_INVALID: {
    data: { country: 'string', max: 'int' },
    en: 'A tax rate of {country} is not from 0 to {max} millionths.',
    es: 'Un tipo de impuesto de {country} no está entre 0 y {max} millonésimas.',
    fix: 'Send parts per million: 21 % is 210000.',
  },
  TOO_MANY_CHANNELS: {
    data: { max: 'int' },
    en: 'A shop has at most {max} channels, closed ones included.',
    es: 'Una tienda tiene como máximo {max} canales, incluidos los cerrados.',
    fix: 'Open a closed one again, or give one another name.',
  },
  TOO_MANY_MARKETS: {
    data: { max: 'int' },
    en: 'A shop has at most {max} markets.',
    es: 'Una tienda tiene como máximo {max} mercados.',
    fix: 'Use one that has no channels.',
  },
  LANGUAGE_INVALID: {
    data: { locale: 'string' },
    en: '{locale} is not a language.',
    es: '{locale} no es un idioma.',
    fix: 'Send a BCP 47 tag, such as es or pt-BR.',
  },
  LANGUAGE_NOT_LISTED: {
    data: { locale: 'string' },
    en: 'The language {locale} is not one of the shop’s.',
    es: 'El idioma {locale} no es uno de los de la tienda.',
    fix: 'List it among the languages first.',
  },
  TIME_ZONE_UNKNOWN: {
    data: { timeZone: 'string' },
    en: 'There is no time zone {timeZone}.',
    es: 'No existe la zona horaria {timeZone}.',
    fix: 'Send a name of the IANA time zone database, such as Europe/Madrid.',
  },
})
