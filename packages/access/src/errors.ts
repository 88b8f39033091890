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
  PERMISSION_NEEDS_WHOLE_SHOP: {
    data: { permission: 'string' },
    en: '{permission} holds for the whole shop: it cannot be limited to channels or locations.',
    es: '{permission} vale para toda la tienda: no se puede limitar a canales o ubicaciones.',
    fix: 'Leave the permission out, or leave channels and locations out.',
  },
  GRANT_BEYOND_OWN: {
    data: { permission: 'string' },
    en: 'You cannot give or take {permission}, which you do not hold there yourself.',
    es: 'No puedes dar ni quitar {permission}, que tú no tienes ahí.',
    fix: 'Ask somebody who holds it, such as an administrator.',
  },
  LAST_ADMINISTRATOR: {
    data: {},
    en: 'This is the last administrator.',
    es: 'Es la última persona administradora.',
    fix: 'Make somebody else an administrator for the whole shop first.',
  },
  ROLE_NAME_TAKEN: {
    data: { name: 'string' },
    en: 'There is a role {name} already.',
    es: 'Ya existe un rol {name}.',
    fix: 'Choose another name.',
  },
  ROLE_IN_USE: {
    data: { members: 'int' },
    en: 'This role is held by {members} members of staff.',
    es: 'Este rol lo tienen {members} personas del equipo.',
    fix: 'Give them another role first.',
  },
  ROLE_FIXED: {
    data: {},
    en: 'The role of administrators cannot be changed.',
    es: 'El rol de administración no se puede cambiar.',
    fix: 'Make a role of your own.',
  },
  PASSWORD_WRONG: {
    data: {},
    en: 'The present password is not right.',
    es: 'La contraseña actual no es correcta.',
    fix: 'Try again; after five tries you have to wait.',
  },
  REFRESH_TOKEN_INVALID: {
    data: {},
    en: 'You have to sign in again.',
    es: 'Tienes que iniciar sesión de nuevo.',
    fix: 'Sign in; a refresh token works once, for 30 days, and not after signing out.',
  },
  DEVICE_REVOKED: {
    data: { device: 'string' },
    en: 'The device {device} was revoked.',
    es: 'El dispositivo {device} fue revocado.',
    fix: 'Its owner has to register it again.',
  },
})
