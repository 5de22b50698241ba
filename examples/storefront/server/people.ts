import type { Request } from 'express'
import type { PageName } from '../pages/page-settings.ts'

/** Somebody who has a page of the shop open. */
export interface Person {
  name: string
  staff: boolean
}

/**
 * Who asks for a page, or for another token while it is open. Here stands your sign-in: read the session's cookie and
 * send away whom the page is not for. The example believes everybody at this machine who opens the back office.
 */
export function personFor(page: PageName, _request: Request): Person {
  return page === 'storefront' ? { name: 'visitor', staff: false } : { name: 'marit', staff: true }
}

/** What a person may have of the shop, also when a plugin asks in their name: permissions of `platform.json`. */
export function permissionsOf({ staff }: Person): readonly string[] {
  const everybody = ['products:read', 'shipping:quote']
  return staff ? [...everybody, 'orders:read', 'customers:read'] : everybody
}
