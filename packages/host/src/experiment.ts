import type { Installation, Variant } from '@plexica/api'

export type Experiment = NonNullable<Installation['experiment']>

/**
 * Which configuration a visitor gets: always the same one for as long as the experiment runs, and the one that is tried
 * for `share` of a hundred visitors. Who gets it at a small share gets it at every larger one.
 */
export function variantOf(visitor: string, { id, share }: Pick<Experiment, 'id' | 'share'>): Variant {
  return hashOf(`${id}/${visitor}`) < share / 100 ? 'b' : 'a'
}

/** An installation with the configuration that a visitor gets, and which one that is. */
export type Assigned = Installation & { readonly variant: Variant }

/** @param visitor Asked only where an experiment runs. */
export function assigned(installation: Installation, visitor: () => string): Assigned {
  const { experiment } = installation
  const variant = experiment ? variantOf(visitor(), experiment) : 'a'
  const configuration = experiment && variant === 'b' ? experiment.configuration : installation.configuration
  return { ...installation, configuration, variant }
}

/** From 0 to below 1, evenly: FNV-1a with 32 bits over UTF-16, then MurmurHash3’s last step, which mixes its high bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
