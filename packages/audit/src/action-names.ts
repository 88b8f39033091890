import { localize, type Locale } from '@hilo/kernel'

type Words = readonly [en: string, es: string]

/** What each kind of fact says, in words that follow a name: “Ana changed the product”. */
export const ACTIONS: Readonly<Record<string, Words>> = {
  'ApiKeyCreated.v1': ['made an API key', 'creó una clave de API'],
  'ApiKeyRevoked.v1': ['revoked an API key', 'revocó una clave de API'],
  'ApiKeyRotated.v1': ['rotated an API key', 'renovó una clave de API'],
  'CartChanged.v1': ['changed a cart', 'cambió un carrito'],
  'CategoryCreated.v1': ['made a category', 'creó una categoría'],
  'CategoryUpdated.v1': ['changed a category', 'cambió una categoría'],
  'ConsentChanged.v1': ['gave or withdrew a consent', 'dio o retiró un consentimiento'],
  'CustomerCreated.v1': ['made a customer account', 'creó una cuenta de cliente'],
  'DeviceCreated.v1': ['registered a device', 'registró un dispositivo'],
  'DeviceCredentialRotated.v1': ['renewed a device’s credential', 'renovó la credencial de un dispositivo'],
  'DeviceRevoked.v1': ['revoked a device', 'revocó un dispositivo'],
  'DeviceStateChanged.v1': ['reported another state', 'comunicó otro estado'],
  'DeviceUpdated.v1': ['changed a device', 'cambió un dispositivo'],
  'NotificationAcknowledged.v1': ['acknowledged a notification', 'confirmó un aviso'],
  'NotificationCreated.v1': ['sent a notification', 'envió un aviso'],
  'OrderCancelled.v1': ['cancelled an order', 'canceló un pedido'],
  'OrderFulfilled.v1': ['handed over an order', 'entregó un pedido'],
  'OrderPlaced.v1': ['placed an order', 'hizo un pedido'],
  'PersistedOperationRegistered.v1': ['allowed an operation', 'permitió una operación'],
  'PersistedOperationRemoved.v1': ['took an operation off the list', 'retiró una operación de la lista'],
  'PriceChanged.v1': ['changed a price', 'cambió un precio'],
  'ProductCreated.v1': ['made a product', 'creó un producto'],
  'ProductUpdated.v1': ['changed a product', 'cambió un producto'],
  'PromotionArchived.v1': ['ended a promotion', 'terminó una promoción'],
  'PromotionCreated.v1': ['drafted a promotion', 'creó un borrador de promoción'],
  'PromotionPublished.v1': ['published a promotion', 'publicó una promoción'],
  'PromotionUpdated.v1': ['changed a promotion', 'cambió una promoción'],
  'RefreshTokenReused.v1': ['used a token for a second time', 'usó un token por segunda vez'],
  'RoleCreated.v1': ['made a role', 'creó un rol'],
  'RoleDeleted.v1': ['deleted a role', 'eliminó un rol'],
  'RoleUpdated.v1': ['changed a role', 'cambió un rol'],
  'SessionRevoked.v1': ['ended a session', 'cerró una sesión'],
  'ShelfPriceChanged.v1': ['worked out a shelf price', 'calculó un precio de venta'],
  'StaffCreated.v1': ['added a member of staff', 'añadió a una persona del equipo'],
  'StaffGrantsSet.v1': [
    'set what a member of staff may do',
    'cambió lo que puede hacer una persona del equipo',
  ],
  'StaffPasswordSet.v1': ['set a password', 'cambió una contraseña'],
  'StaffSignedIn.v1': ['signed in', 'inició sesión'],
  'StaffSignInFailed.v1': ['failed to sign in', 'no pudo iniciar sesión'],
  'StaffUpdated.v1': ['changed a member of staff', 'cambió a una persona del equipo'],
  'StockChanged.v1': ['changed stock', 'cambió existencias'],
  'VariantCreated.v1': ['made a variant', 'creó una variante'],
  'VariantUpdated.v1': ['changed a variant', 'cambió una variante'],
  'WebhookEndpointCreated.v1': ['added a webhook', 'añadió un webhook'],
  'WebhookEndpointDeleted.v1': ['deleted a webhook', 'eliminó un webhook'],
  'WebhookEndpointDisabled.v1': ['switched off a webhook that failed', 'desactivó un webhook que fallaba'],
  'WebhookEndpointUpdated.v1': ['changed a webhook', 'cambió un webhook'],
  'WebhookSecretRotated.v1': ['rotated a webhook’s secret', 'renovó el secreto de un webhook'],
  'WebhookTestAnswered.v1': ['got an answer to a webhook test', 'recibió respuesta a una prueba de webhook'],
  'WebhookTestRequested.v1': ['tested a webhook', 'probó un webhook'],
}

/** What a kind of fact says; its bare type when nobody gave it words. */
export const actionOf = (type: string, locale: Locale): string => {
  const words = ACTIONS[type]
  return words ? localize({ en: words[0], es: words[1] }, { locale }) : type
}
