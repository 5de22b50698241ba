/** The database cannot be reached, or did not answer in time: not the request's fault, and it may work a moment later. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}
