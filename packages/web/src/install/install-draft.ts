import { useState } from 'react'
import type { Entries, Entry } from '../installations/settings.ts'

/** What somebody has chosen and typed, without secrets. */
interface Draft {
  readonly version?: string
  readonly entries: Entries
  readonly granted: readonly string[]
}

const nothing: Draft = { entries: {}, granted: [] }

/**
 * An installation that is being filled in. It is kept for this tab, so that loading the page again comes back to it;
 * secrets are kept nowhere.
 */
export function useInstallDraft(tenantId: string, pluginId: string) {
  const place = `plexica-install ${tenantId} ${pluginId}`
  const [draft, setDraft] = useState<Draft>(() => stored(place))
  const [secrets, setSecrets] = useState<Entries>({})
  const change = (more: Partial<Draft>) => {
    const after = { ...draft, ...more }
    sessionStorage.setItem(place, JSON.stringify(after))
    setDraft(after)
  }
  return {
    ...draft,
    secrets,
    choose: (version: string) => change({ version }),
    grant: (granted: readonly string[]) => change({ granted }),
    type(name: string, entry: Entry, isSecret: boolean) {
      if (isSecret) setSecrets((before) => ({ ...before, [name]: entry }))
      else change({ entries: { ...draft.entries, [name]: entry } })
    },
    /** It is installed: nothing is left to come back to. */
    forget() {
      sessionStorage.removeItem(place)
      setSecrets({})
    },
  }
}

function stored(place: string): Draft {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
    return isDraft(draft) ? draft : nothing
  } catch {
    return nothing
  }
}

/** What an earlier release of these pages left is not trusted to be of this one's form. */
function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { entries, granted, version = '' } = value as Partial<Draft>
  return typeof entries === 'object' && entries !== null && Array.isArray(granted) && typeof version === 'string'
}
