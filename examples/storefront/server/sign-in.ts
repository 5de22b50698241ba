import type { Request } from 'express'
import type { PageName } from '../pages/page-settings.ts'
import type { Person } from './tokens.ts'

/**
 * Who asks for a page, or for another token while it is open. Here stands your sign-in: read the session's cookie and
 * send away whom the page is not for. The example believes everybody at this machine who opens the back office.
 */
export function personFor(page: PageName, _request: Request): Person {
  return page === 'storefront' ? { name: 'visitor', staff: false } : { name: 'marit', staff: true }
}
