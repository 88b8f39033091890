import { sql } from 'kysely'
import type { Context } from './context.ts'

/** What a use case would answer: it is run and all of it undone, inside `command()`. */
export const rehearse = async <Answer>(
  ctx: Context,
  run: (ctx: Context) => Promise<Answer>,
): Promise<Answer> => {
  await sql`savepoint rehearsal`.execute(ctx.db)
  const answer = await run(ctx)
  await sql`rollback to savepoint rehearsal`.execute(ctx.db)
  await sql`release savepoint rehearsal`.execute(ctx.db)
  return answer
}
