import { defineRefusals } from '@hilo/kernel'

/** What customer groups refuse. */
export const GROUP_REFUSALS = defineRefusals({
  CUSTOMER_GROUP_CODE_INVALID: {
    data: {},
    en: 'The code of a customer group is 1 to 60 small letters, digits, dashes and underscores.',
    es: 'El código de un grupo de clientes tiene de 1 a 60 minúsculas, cifras, guiones y guiones bajos.',
    fix: 'Send another code.',
  },
  CUSTOMER_GROUP_CODE_TAKEN: {
    data: { groupCode: 'string' },
    en: 'There is a customer group {groupCode} already.',
    es: 'Ya existe un grupo de clientes {groupCode}.',
    fix: 'Choose another code, or use that group.',
  },
  CUSTOMER_GROUP_NAME_INVALID: {
    data: { max: 'int' },
    en: 'A customer group has a name of at most {max} characters.',
    es: 'Un grupo de clientes tiene un nombre de {max} caracteres como máximo.',
    fix: 'Send a name in at least one language, and shorter texts.',
  },
  TOO_MANY_CUSTOMER_GROUPS: {
    data: { max: 'int' },
    en: 'A shop has at most {max} customer groups.',
    es: 'Una tienda tiene como máximo {max} grupos de clientes.',
    fix: 'Delete one that is used no more.',
  },
  CUSTOMER_GROUP_IN_USE: {
    data: { groupCode: 'string', priceLists: 'int', promotions: 'int' },
    en: 'The customer group {groupCode} is named by price lists ({priceLists}) and promotions ({promotions}).',
    es: 'Nombran al grupo de clientes {groupCode} listas de precios ({priceLists}) y promociones ({promotions}).',
    fix: 'Take it out of their audience, or archive them, and delete it then.',
  },
})
