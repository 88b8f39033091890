import type { DemoAccess } from '../seed/demo-access.ts'
import { ROLES, type Role } from '../settings.ts'

interface Summary {
  readonly host: string
  readonly port: number
  readonly roles: readonly Role[]
  readonly mqttPort?: number | undefined
  readonly mqttsPort?: number | undefined
  readonly database: string | undefined
  readonly demo: DemoAccess | undefined
}

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}

/** What a person needs once it runs: the addresses, who to sign in as, and three commands to try. */
export const summary = ({ host, port, roles, mqttPort, mqttsPort, database, demo }: Summary): string => {
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const web = `http://${name}:${port}`
  const has = (role: Role): boolean => roles.includes(role)
  const isAll = roles.length === ROLES.length
  const addresses = table([
    ...(has('api') ? [['GraphQL', `${web}/graphql`] as const] : []),
    ...(has('admin') ? [['Admin', `${web}/admin`] as const] : []),
    ...(mqttPort ? [['MQTT', `mqtt://${name}:${mqttPort}   ws://${name}:${port}/mqtt`] as const] : []),
    ...(mqttsPort ? [['MQTT over TLS', `mqtts://${name}:${mqttsPort}`] as const] : []),
    ...(isAll ? [] : [['Health', `${web}/health   ${web}/ready`] as const]),
    ...(database ? [['Database', database] as const] : []),
  ])
  const what = isAll ? 'Hilo is running' : `Hilo is running as ${roles.join(', ')}`
  const details = isAll && demo && mqttPort ? demoPart(demo, { web, name, mqttPort }) : ''
  const exposed =
    demo && (host === '0.0.0.0' || host === '::')
      ? '\n  This machine is open to its network: keep the demo sign-ins to yourself.\n'
      : ''
  return `\n${what}. Ctrl-C stops it.\n\n${addresses}\n${details}${exposed}`
}

const demoPart = (
  { staff, customer, device }: DemoAccess,
  { web, name, mqttPort }: { web: string; name: string; mqttPort: number },
): string => {
  const topic = `hilo/v1/${device.shop}/${device.id}`
  const sign = `-h ${name} -p ${mqttPort} -i ${device.id} -u ${device.id} -P ${device.credential}`
  return `
${table([
  ['Demo staff', `${staff.email}   ${staff.password}`],
  ['Demo customer', `${customer.email}   ${customer.password}`],
  ['Demo device', `${device.id}   ${device.credential}`],
])}

  Three things to try:

  1. What does coffee cost here?
     curl -s ${web}/graphql -H 'content-type: application/json' \\
       -d '{"query":"{ products(first: 3, where: {search: \\"coffee\\"}) { nodes { name variants { sku price { unit { formatted } } } } } }"}'

  2. Be told when a price changes (then change one in the admin):
     curl -sN ${web}/graphql -H 'content-type: application/json' -H 'accept: text/event-stream' \\
       -d '{"query":"subscription { priceChanged { eventId sku price { formatted } } }"}'

  3. Let the coffee machine buy beans, and read the answer of the shop:
     npm run --silent device -- purchase --url mqtt://${name}:${mqttPort} --slot ${device.slot} \\
       --device ${device.id} --credential ${device.credential}

     Or from any MQTT client (its answer comes on ${topic}/command/purchase/reply/…):
     npx -y mqtt pub ${sign} -q 1 \\
       -t ${topic}/command/purchase/request/$(node -p 'crypto.randomUUID()') -m '{"v":1,"slot":"${device.slot}","quantity":1}'
`
}
