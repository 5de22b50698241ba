/** The longest text that is announced at once, in bytes: PostgreSQL takes fewer than 8,000. */
export const mostAnnounced = 7_500

/** What becomes of announcements. */
export interface Ears {
  /** Something was announced, here or in another process. Not in its transaction's order, and perhaps before its commit. */
  heard(text: string): void
  /** From here on everything that is announced is heard. */
  up(): void
  /** From here on announcements may be missed. */
  down(): void
}

export interface Listening {
  stop(): Promise<void>
}
