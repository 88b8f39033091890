import { camel, checkFree, checkKebab, insertSorted, type Kind } from './plan.ts'

const FOLDER = 'edge/adapters/src'

const source = (
  name: string,
): string => `import { buildTopic, canBuildTopic, parseTopic } from '@hilo/protocol'
import type { Adapter } from '../adapter.ts'

const LEVEL = /^${name}\\/([^/]+)\\/level$/

/** ${name}: what it is, and which version of its documentation this follows. */
export const ${camel(name)}: Adapter = {
  filters: ['${name}/+/level'],
  toHilo: ({ topic, payload }, { shop }) => {
    const [, device] = LEVEL.exec(topic) ?? []
    const value = Number(payload)
    if (!device || payload.trim() === '' || !Number.isFinite(value)) return []
    const address = { kind: 'reading', shop, device, name: 'level' } as const
    return canBuildTopic(address) ? [{ topic: buildTopic(address), payload: String(value) }] : []
  },
  fromHilo: ({ topic, payload }, { shop }) => {
    const address = parseTopic(topic)
    if (address?.shop !== shop || address.kind !== 'notification') return []
    return [{ topic: \`${name}/\${address.device}/say\`, payload }]
  },
}
`

const golden = (name: string): string =>
  `${JSON.stringify(
    {
      toHilo: [
        {
          when: 'a device tells its level',
          from: { topic: `${name}/dev_1/level`, payload: ' 12.5 ' },
          to: [{ topic: 'hilo/v1/demo/dev_1/reading/level', payload: '12.5' }],
        },
        { when: 'it tells no number', from: { topic: `${name}/dev_1/level`, payload: 'full' }, to: [] },
      ],
      fromHilo: [
        {
          when: 'the shop has something to say',
          from: { topic: 'hilo/v1/demo/dev_1/notification/n1', payload: '{}' },
          to: [{ topic: `${name}/dev_1/say`, payload: '{}' }],
        },
      ],
    },
    null,
    2,
  )}\n`

/** An adapter of another ecosystem: its folder with golden messages, its line in the registry. */
export const adapter: Kind = {
  usage: 'ecosystem',
  plan: (name, tree) => {
    checkKebab(name)
    const folder = `${FOLDER}/${name}`
    checkFree(tree, `${folder}/golden.json`)
    const registry = `${FOLDER}/registry.ts`
    const imported = insertSorted(
      tree.read(registry),
      `import { ${camel(name)} } from './${name}/${name}.ts'`,
      /^import \{ \w+ \} from '\.\/[\w-]+\//,
    )
    const key = name === camel(name) ? name : `'${name}': ${camel(name)}`
    return {
      files: {
        [`${folder}/${name}.ts`]: source(name),
        [`${folder}/golden.json`]: golden(name),
        [registry]: insertSorted(imported, `  ${key},`, /^ {2}[\w'-]+(?:: \w+)?,$/),
      },
      next: [
        `Put real messages of the ecosystem into ${folder}/golden.json, with where they are documented.`,
        `Make ${folder}/${name}.ts translate them: npx vitest run --project unit ${FOLDER}.`,
      ],
    }
  },
}
