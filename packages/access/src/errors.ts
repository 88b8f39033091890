import { defineRefusals } from '@hilo/kernel'

/** The refusals of signing in, and of names, e-mails and passwords that people choose. */
export const ACCESS = defineRefusals({
  SIGN_IN_FAILED: {
    data: {},
    en: 'The e-mail or the password is not right.',
    es: 'El correo o la contraseña no son correctos.',
    fix: 'Try again; after five tries you have to wait.',
  },
  RATE_LIMITED: {
    data: { retryAfter: 'int' },
    en: 'Too many tries: wait {retryAfter} seconds.',
    es: 'Demasiados intentos: espera {retryAfter} segundos.',
    fix: 'Repeat the request after retryAfter seconds.',
  },
  EMAIL_INVALID: {
    data: { email: 'string' },
    en: '{email} is not an e-mail address.',
    es: '{email} no es una dirección de correo.',
    fix: 'Send an address such as ana@example.com.',
  },
  EMAIL_TAKEN: {
    data: {},
    en: 'This e-mail already has an account.',
    es: 'Este correo ya tiene una cuenta.',
    fix: 'Sign in instead, or use another address.',
  },
  PASSWORD_LENGTH_INVALID: {
    data: { min: 'int', max: 'int' },
    en: 'A password has {min} to {max} characters.',
    es: 'Una contraseña tiene de {min} a {max} caracteres.',
    fix: 'Choose a longer password; a few words are easy to remember.',
  },
  NAME_INVALID: {
    data: { max: 'int' },
    en: 'A name has 1 to {max} printable characters.',
    es: 'Un nombre tiene de 1 a {max} caracteres imprimibles.',
    fix: 'Send a name that is not empty and not longer than that.',
  },
  PERMISSION_UNKNOWN: {
    data: { permission: 'string' },
    en: 'There is no permission {permission}.',
    es: 'No existe el permiso {permission}.',
    fix: 'Use one of the permissions listed in the guide.',
  },
  DEVICE_REVOKED: {
    data: { device: 'string' },
    en: 'The device {device} was revoked.',
    es: 'El dispositivo {device} fue revocado.',
    fix: 'Its owner has to register it again.',
  },
})
