import { defineRefusals } from '@hilo/kernel'

/** What is refused about price tokens; an expired one is refused with `PRICE_CHANGED`, and only when the price did. */
export const PRICE_TOKENS = defineRefusals({
  PRICE_TOKEN_INVALID: {
    data: {},
    en: 'This price token is not one of this shop, or was cut or changed.',
    es: 'Este testigo de precio no es de esta tienda, o está cortado o cambiado.',
    fix: 'Send the token exactly as it was answered, or ask for the price again.',
  },
  PRICE_TOKEN_OTHER_MARKET: {
    data: { market: 'string' },
    en: 'This price was quoted in another market than {market}.',
    es: 'Este precio se dio en un mercado distinto de {market}.',
    fix: 'Ask for the price in a channel of this market.',
  },
  PRICE_TOKEN_OTHER_VARIANT: {
    data: {},
    en: 'This price was quoted for something else.',
    es: 'Este precio se dio para otro artículo.',
    fix: 'Send the token with the variant it was answered for.',
  },
  PRICE_TOKEN_OTHER_CUSTOMER: {
    data: {},
    en: 'This price was quoted to another customer.',
    es: 'Este precio se dio a otro cliente.',
    fix: 'Sign in as the customer who asked for it, or ask for the price again.',
  },
  PRICE_TOKEN_QUANTITY: {
    data: { quantity: 'int', min: 'int', max: 'int' },
    en: 'This price was quoted for {min} to {max} units, not for {quantity}.',
    es: 'Este precio se dio para entre {min} y {max} unidades, no para {quantity}.',
    fix: 'Choose a quantity within the quote, or ask for the price of this quantity.',
  },
})
