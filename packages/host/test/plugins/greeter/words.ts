/** Imported by both scripts, so that it becomes a chunk of its own. */
export const greeting = 'Welcome'
