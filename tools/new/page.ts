import {
  camel,
  checkFree,
  checkKebab,
  insertSorted,
  NotPossible,
  replaceOnce,
  sentence,
  type Kind,
  type Tree,
} from './plan.ts'

const ADMIN = 'apps/admin'

const page = (key: string): string => `<script lang="ts">
  import { m } from '#lib/paraglide/messages.js'
  import Empty from '#lib/ui/Empty.svelte'
  import PageHeader from '#lib/ui/PageHeader.svelte'
  import type { PageProps } from './$types'

  let { data }: PageProps = $props()
</script>

<PageHeader title={m.${key}_title()} />

<div class="overflow-hidden rounded-lg border border-line bg-surface">
  <Empty title={data.shop?.name ?? m.${key}_none()} text={m.${key}_none_text()} />
</div>
`

const load = (type: string, query: string): string => `import { read } from '#lib/api/read.ts'
import { ${type} } from '#lib/${query}/${query}-page.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = (event) => read(event, ${type}, {})
`

const documents = (type: string): string => `import { graphql } from '#lib/api/graphql.ts'

export const ${type} = graphql(\`
  query ${type} {
    shop {
      name
    }
  }
\`)
`

const withMessages = (text: string, key: string, title: string): string =>
  [
    [`nav_${key}`, title],
    [`${key}_title`, title],
    [`${key}_none`, '—'],
    [`${key}_none_text`, title],
  ].reduce(
    (before, [name, value]) =>
      insertSorted(before, `  "${name}": ${JSON.stringify(value)},`, /^ {2}"\w+": .*,$/),
    text,
  )

const messages = (tree: Tree, key: string, title: string): Record<string, string> =>
  Object.fromEntries(
    ['en', 'es'].map((locale) => {
      const path = `${ADMIN}/messages/${locale}.json`
      return [path, withMessages(tree.read(path), key, title)]
    }),
  )

const addBefore = (text: string, place: RegExp, line: string): string => {
  const [found] = place.exec(text) ?? []
  if (!found) throw new NotPossible(`No place matches ${String(place)} any more: look at tools/new/page.ts.`)
  return replaceOnce(text, found, `${line}${found}`)
}

/** A page of the admin: its route, its place in the menu, its texts, and its test for barriers. */
export const adminPage: Kind = {
  usage: 'name',
  plan: (name, tree) => {
    checkKebab(name)
    const route = `${ADMIN}/src/routes/(app)/${name}`
    checkFree(tree, `${route}/+page.svelte`)
    const key = name.replaceAll('-', '_')
    const type = `${sentence(camel(name))}Page`
    const nav = tree.read(`${ADMIN}/src/lib/shell/nav.ts`)
    const withIcon = insertSorted(
      nav,
      `import ${type}Icon from '@lucide/svelte/icons/file-text'`,
      /^import \w+ from '@lucide/,
    )
    const paths = tree.read(`${ADMIN}/src/lib/shell/paths.ts`)
    const e2e = tree.read('e2e/admin.e2e.ts')
    const [pages] = /const PAGES = \[[^\]]*?(?=,?\s*\] as const)/.exec(e2e) ?? []
    if (!pages)
      throw new NotPossible('e2e/admin.e2e.ts has no list PAGES any more: look at tools/new/page.ts.')
    return {
      files: {
        [`${route}/+page.svelte`]: page(key),
        [`${route}/+page.ts`]: load(type, name),
        [`${ADMIN}/src/lib/${name}/${name}-page.ts`]: documents(type),
        [`${ADMIN}/src/lib/shell/nav.ts`]: addBefore(
          withIcon,
          /\n {2}\]\n\}/,
          `\n    place(paths.${camel(name)}(), m.nav_${key}(), ${type}Icon),`,
        ),
        [`${ADMIN}/src/lib/shell/paths.ts`]: addBefore(
          paths,
          /\n\}/,
          `\n  ${camel(name)}: () => resolve('/(app)/${name}'),`,
        ),
        ...messages(tree, key, sentence(name)),
        'e2e/admin.e2e.ts': replaceOnce(e2e, pages, `${pages}, '${name}'`),
      },
      next: [
        `Write the Spanish texts of ${key} in ${ADMIN}/messages/es.json, and better English ones.`,
        `Ask for what the page shows in ${ADMIN}/src/lib/${name}/${name}-page.ts; choose its icon in nav.ts.`,
        'npx playwright test e2e/admin.e2e.ts looks at the page, light and dark, wide and narrow.',
      ],
    }
  },
}
