import { installationCounter } from './analytics/count-installations.ts'
import { followEvents } from './events/follow-events.ts'
import { Waker } from './events/waker.ts'
import { notifier } from './notifications/notify.ts'
import { deliveryQueue } from './webhooks/queue-delivery.ts'
import { WebhookSender } from './webhooks/webhook-sender.ts'
import type { World } from './world.ts'

/** Milliseconds after which it is looked without being woken: for deliveries that are due again. */
const lookEvery = 1_000
/** Milliseconds of rest after a failure, such as a database that is away. */
const restAfterFailure = 5_000

/** Starts what comes of events: counts of installations, notifications, and webhooks' deliveries. What it gives back ends that. */
export function startFollowers(world: World): () => Promise<void> {
  const waker = new Waker(world.bus)
  const sender = new WebhookSender(world)
  let isOver = false
  /** What fails in one of them holds up none of the others. */
  const steps = [
    () => followEvents(world.db, installationCounter),
    () => followEvents(world.db, notifier),
    () => followEvents(world.db, deliveryQueue(world)),
    () => sender.start(),
  ]
  const run = async () => {
    while (!isOver) {
      const failures: unknown[] = []
      for (const step of steps) await step().catch((error: unknown) => failures.push(error))
      for (const error of failures) world.log.error({ err: error }, 'following the events failed')
      await waker.next(failures.length > 0 ? restAfterFailure : lookEvery)
    }
  }
  const running = run()
  return async () => {
    isOver = true
    waker.end()
    await running
    await sender.stop()
  }
}
