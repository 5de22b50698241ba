/** Under which a browser keeps who it is to experiments. */
const place = 'plexica-visitor'

/** A random name of this browser, the same at its next visit; for this page alone where nothing can be kept. */
export function visitorOfBrowser(): string {
  try {
    const kept = localStorage.getItem(place)
    if (kept) return kept
    const made = randomName()
    localStorage.setItem(place, made)
    return made
  } catch {
    // Storage is refused, or full.
    return randomName()
  }
}

function randomName(): string {
  // Not randomUUID(), which pages without TLS do not have.
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
