import { redirect } from '@sveltejs/kit'
import { paths } from '#lib/shell/paths.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = () => redirect(307, paths.priceLists())
