import { useState } from 'react'
import { useTenantId } from '../app/session.ts'

/** The tenant whose plugins are looked after. While somebody signs in again it is the one of before: the page stays. */
export function useKnownTenant(): string | null {
  const current = useTenantId()
  const [known, setKnown] = useState(current)
  if (current !== null && current !== known) setKnown(current)
  return current ?? known
}
