/** A number is taken by an insert, and SQLite lets one transaction write at a time: turns are taken already. */
export async function takeTurnInSqlite(): Promise<void> {}
