import { ExtensionPoint, useExtensionPoint } from '@plexica/host/react'

interface Props {
  /** The extension point. */
  name: string
  props?: Readonly<Record<string, unknown>>
}

/** An extension point with its name beside it, so that visitors see what is the shop's and what a plugin's. */
export function PluginPlace({ name, props = {} }: Props) {
  const { contributions, loading } = useExtensionPoint(name)
  return (
    <div className="place">
      <span className="place-name">{name}</span>
      <ExtensionPoint
        name={name}
        props={props}
        fallback={<div className="place-loading" role="status" aria-label="Loading" />}
      />
      {contributions.length === 0 && !loading && (
        <p className="place-empty">
          Nothing here yet. Install a plugin for <code>{name}</code>, and it appears within seconds.
        </p>
      )}
    </div>
  )
}
