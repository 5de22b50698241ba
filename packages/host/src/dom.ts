import { createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { Contribution } from './contributions.ts'
import type { Host } from './host.ts'
import { HostProvider, PluginComponent } from './react.tsx'

// For pages that have no React of their own. Plugins’ components need one all the same: it is the one that the page
// shares with plugins, which this module imports by its bare name like they do.

export interface MountOptions {
  /** Given to every component, over the defaults of its fields. */
  props?: Readonly<Record<string, unknown>>
  /** Shown while something is still on its way. */
  fallback?: Node | string
}

export interface MountedExtensionPoint {
  /** Gives every component other props. */
  update(props: Readonly<Record<string, unknown>>): void
  /** Takes everything away that was put into the element. */
  unmount(): void
}

interface Place {
  readonly element: HTMLElement
  readonly root: Root
  contribution?: Contribution
  props?: MountOptions['props']
}

/**
 * Shows the components of plugins in an element, after what stands there: each in a `<div data-plexica-component>` of its
 * own, in the order of the host’s contributions. One that throws is replaced by a line of text, alone.
 */
export function mountExtensionPoint(
  host: Host,
  element: HTMLElement,
  name: string,
  { props = {}, fallback = '' }: MountOptions = {},
): MountedExtensionPoint {
  const places = new Map<string, Place>()
  const waiting = typeof fallback === 'string' ? document.createTextNode(fallback) : fallback
  const end = document.createComment(name)
  let given = props
  element.append(end)

  function draw() {
    const contributions = host.contributions(name)
    for (const [key, place] of places) {
      if (!contributions.some((contribution) => contribution.key === key)) remove(key, place)
    }
    let next: Node = end
    if (host.loading(name)) {
      if (!waiting.parentNode) element.insertBefore(waiting, end)
      next = waiting
    } else {
      waiting.parentNode?.removeChild(waiting)
    }
    for (const contribution of contributions.toReversed()) {
      const place = placeOf(contribution)
      // What stands where it belongs is not moved: a frame that moves starts again.
      if (place.element.nextSibling !== next) element.insertBefore(place.element, next)
      next = place.element
      render(place, contribution)
    }
  }

  function placeOf({ key }: Contribution): Place {
    const known = places.get(key)
    if (known) return known
    const own = document.createElement('div')
    own.dataset.plexicaComponent = key
    const place = { element: own, root: createRoot(own) }
    places.set(key, place)
    return place
  }

  function render(place: Place, contribution: Contribution) {
    if (place.contribution === contribution && place.props === given) return
    Object.assign(place, { contribution, props: given })
    const component = createElement(PluginComponent, { contribution, props: given })
    place.root.render(createElement(HostProvider, { host }, component))
  }

  function remove(key: string, place: Place) {
    places.delete(key)
    place.root.unmount()
    place.element.remove()
  }

  const unsubscribe = host.subscribe(draw)
  draw()

  return {
    update(props) {
      given = props
      draw()
    },
    unmount() {
      unsubscribe()
      for (const [key, place] of places) remove(key, place)
      waiting.parentNode?.removeChild(waiting)
      end.remove()
    },
  }
}
