/** SQLite's extended result codes and PostgreSQL's SQLSTATE for a second row with the same key. */
const codes = new Set(['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE', '23505'])

/** Whether a statement failed because somebody else was there first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && codes.has(String(error.code))
}
