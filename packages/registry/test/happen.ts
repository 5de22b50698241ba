import type { Config } from '../src/config.ts'
import { appendEvent, type NewEvent } from '../src/events/append-event.ts'
import { openWorld } from '../src/open-world.ts'

/** Has something happen in another process on the registry's database, as a flow there would record it. */
export async function happen({ config }: { config: Config }, ...events: Partial<NewEvent>[]): Promise<void> {
  const { world, close } = await openWorld(config, () => '')
  await world.db.transaction().execute(async (trx) => {
    for (const event of events) {
      const { type = 'submission.approved', actor = 'someone', at = world.now().toISOString() } = event
      await appendEvent(trx, { ...event, type, actor, at })
    }
  })
  await close()
}
