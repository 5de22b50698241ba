import { migrate } from '../src/db/migrate.ts'
import { connectSqlite } from '../src/db/sqlite/connect-sqlite.ts'

// One of several processes that open the same new file at once: ready → go → the outcome.
const [path = ''] = process.argv.slice(2)
process.send?.('ready')
process.once('message', async () => {
  const db = connectSqlite(path)
  await migrate(db)
  const at = new Date().toISOString()
  for (let count = 0; count < 20; count++) {
    // A transaction that reads before it writes, as all of ours do.
    await db.transaction().execute(async (trx) => {
      const { n } = await trx
        .selectFrom('tenants')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('tenants')
        .values({ id: `t-${n}`, name: String(process.pid), created_at: at })
        .execute()
    })
  }
  await db.destroy()
  process.send?.('done', () => process.disconnect())
})
