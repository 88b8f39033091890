import { defineRefusals } from '@hilo/kernel'

/** What segments and loyalty tiers refuse. */
export const SEGMENT_REFUSALS = defineRefusals({
  SEGMENT_CODE_INVALID: {
    data: {},
    en: 'The code of a segment is 1 to 60 small letters, digits, dashes and underscores.',
    es: 'El código de un segmento tiene de 1 a 60 minúsculas, cifras, guiones y guiones bajos.',
    fix: 'Send another code.',
  },
  SEGMENT_CODE_TAKEN: {
    data: { segmentCode: 'string' },
    en: 'There is a segment {segmentCode} already.',
    es: 'Ya existe un segmento {segmentCode}.',
    fix: 'Choose another code, or use that segment.',
  },
  SEGMENT_TEXT_INVALID: {
    data: { max: 'int' },
    en: 'A segment has a name, and no text of more than {max} characters.',
    es: 'Un segmento tiene un nombre, y ningún texto de más de {max} caracteres.',
    fix: 'Send a name in at least one language, and shorter texts.',
  },
  SEGMENT_ARCHIVED: {
    data: { segmentCode: 'string' },
    en: 'The segment {segmentCode} is archived and takes nobody in.',
    es: 'El segmento {segmentCode} está archivado y no admite a nadie.',
    fix: 'Take it out of the archive, or use another.',
  },
  TOO_MANY_SEGMENTS: {
    data: { max: 'int' },
    en: 'A shop has at most {max} segments.',
    es: 'Una tienda tiene como máximo {max} segmentos.',
    fix: 'Use one that is archived.',
  },
  TOO_MANY_CUSTOMERS: {
    data: { count: 'int', max: 'int' },
    en: 'A request takes at most {max} customers, not {count}.',
    es: 'Una petición admite como máximo {max} clientes, no {count}.',
    fix: 'Send the customers in several requests.',
  },
  MEMBERSHIP_OVER: {
    data: {},
    en: 'The membership would be over already.',
    es: 'La pertenencia ya habría terminado.',
    fix: 'Send an until that is still to come, or none.',
  },
  LOYALTY_TIER_INVALID: {
    data: {},
    en: 'A loyalty tier is a code of 1 to 60 letters, digits, dashes and underscores.',
    es: 'Un nivel de fidelidad es un código de 1 a 60 letras, cifras, guiones y guiones bajos.',
    fix: 'Send another code, or null for none.',
  },
})
