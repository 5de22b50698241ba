import { readConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'
import { isUniqueViolation } from '../src/db/unique-violation.ts'

// One of several processes that open the same new database at once: ready → go → the outcome.
const [url] = process.argv.slice(2)
const read = readConfig({ PLEXICA_DATABASE_URL: url })
if ('problems' in read) throw new Error(read.problems.join('\n'))
const db = connect(read.config.database)
process.send?.('ready')
process.once('message', async () => {
  await migrate(db)
  for (let count = 0; count < 20; count++) {
    await addTenant()
  }
  await db.destroy()
  process.send?.('done', () => process.disconnect())
})

/** A transaction that reads before it writes, as all of ours do. Where two of them saw the same, one begins again. */
async function addTenant(): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => {
      const { n } = await trx
        .selectFrom('tenants')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('tenants')
        .values({ id: `t-${n}`, name: String(process.pid), created_at: new Date().toISOString() })
        .execute()
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await addTenant()
  }
}
