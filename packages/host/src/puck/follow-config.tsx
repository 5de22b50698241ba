import { type Config, type DefaultRootRenderProps, type UiState, useGetPuck, type WithId } from '@puckeditor/core'
import { type ReactElement, useLayoutEffect } from 'react'
import { useExtensionPoint } from '../react.tsx'
import { categoryPrefix, hiddenCategory, usePuck } from './editor-state.ts'
import { withSlotsMoved } from './page-data.ts'
import { puckPoint } from './plugin-item.tsx'

type Palette = UiState['componentList']
type RootProps = WithId<DefaultRootRenderProps>

const rootOf = new WeakMap<object, Config['root']>()

/**
 * The root of a page, with what makes an open editor follow its config. Puck takes components and fields from a config
 * that changes, but reads the categories of its palette once, and finds the items in slots once.
 */
export function followingRoot(base: Config): Config['root'] {
  const known = rootOf.get(base)
  if (known) return known
  const render = base.root?.render
  const root: Config['root'] = {
    ...base.root,
    render: (props: RootProps) => (
      <>
        {props.puck.isEditing && <FollowConfig />}
        {render ? render(props) : props.children}
      </>
    ),
  }
  rootOf.set(base, root)
  return root
}

function FollowConfig(): ReactElement | null {
  const { contributions } = useExtensionPoint(puckPoint)
  const puckNow = useGetPuck()
  const dispatch = usePuck((puck) => puck.dispatch)
  const categories = usePuck((puck) => puck.config.categories)
  const palette = usePuck((puck) => puck.appState.ui.componentList)
  // Before anything is painted: a component that has gone from the config must not be there to be dragged.
  useLayoutEffect(() => {
    const next = followedPalette(categories, palette)
    const { data } = puckNow().appState
    const moved = withSlotsMoved(data, contributions)
    if (next[hiddenCategory]?.title !== palette[hiddenCategory]?.title || moved !== data) {
      // With other slots there are other items: all are looked for anew.
      dispatch({
        type: 'set',
        state: (state) => ({ ui: { ...state.ui, componentList: next }, indexes: { nodes: {}, zones: {} } }),
      })
      dispatch({ type: 'setData', data: () => moved })
    } else if (next !== palette) {
      dispatch({ type: 'setUi', ui: { componentList: next } })
    }
  }, [puckNow, dispatch, contributions, categories, palette])
  return null
}

/** The palette with our categories as the config has them, opened and closed as they were; others stay. */
export function followedPalette(categories: Config['categories'] = {}, palette: Palette): Palette {
  const stale = Object.keys(palette).filter((name) => name.startsWith(categoryPrefix) && !categories[name])
  const entries = Object.entries(categories).map(([name, { title, components, visible, defaultExpanded }]) => {
    const before = palette[name]
    if (before && (!name.startsWith(categoryPrefix) || isSame(before, { title, components }))) return [name, before]
    const expanded = before?.expanded ?? defaultExpanded
    return [
      name,
      {
        ...(title !== undefined && { title }),
        ...(components && { components }),
        ...(visible !== undefined && { visible }),
        ...(expanded !== undefined && { expanded }),
      },
    ]
  })
  const unchanged = stale.length === 0 && entries.every(([name, category]) => palette[name as string] === category)
  if (unchanged) return palette
  const kept = Object.entries(palette).filter(([name]) => !categories[name] && !stale.includes(name))
  return Object.fromEntries([...entries, ...kept])
}

function isSame(
  before: { title?: string; components?: readonly string[] },
  now: { title: string | undefined; components: readonly string[] | undefined },
): boolean {
  return before.title === now.title && JSON.stringify(before.components) === JSON.stringify(now.components)
}
