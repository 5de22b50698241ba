import { usePlugins } from '../react.tsx'
import { useSlotsFound } from './editor-state.ts'
import {
  type AbsentComponent,
  type ItemProps,
  type ItemView,
  PluginItem,
  shownViewOf,
  useContribution,
} from './plugin-item.tsx'

const views = new Map<string, ItemView>()

/** The component that stands for one type in an open editor, and on a page that is shown; the same function for ever. */
export function viewOf(type: string): ItemView {
  const known = views.get(type)
  if (known) return known
  const Shown = shownViewOf(type)
  const view: ItemView = (props) =>
    props.puck?.isEditing ? <EditedItem type={type} props={props} /> : <Shown {...props} />
  views.set(type, view)
  return view
}

function EditedItem({ type, props }: { type: string; props: ItemProps }) {
  const contribution = useContribution(type)
  const slots = useSlotsFound(type)
  if (contribution) return <PluginItem contribution={contribution} props={props} slots={slots} />
  return <Placeholder type={type} absent={props.puck?.metadata?.plexica} />
}

const box = { padding: '24px', border: '1px dashed currentColor', borderRadius: '8px', textAlign: 'center' } as const

/** Stands in the editor for what is not there. Visitors of the page see nothing in its place. */
function Placeholder({ type, absent }: { type: string; absent: AbsentComponent | undefined }) {
  const id = type.split('/')[0] ?? type
  const plugin = usePlugins().find((known) => known.id === id)
  const name = plugin?.name ?? absent?.pluginName ?? id
  return (
    <p role="note" data-plexica-absent={type} style={box}>
      {plugin?.state.status === 'loading'
        ? `${name} is loading.`
        : plugin?.state.status === 'failed'
          ? `${name} cannot be shown: ${plugin.state.reason.message} What was written here is kept.`
          : plugin
            ? `${name} has no such component any more; what was written here is kept.`
            : `${name} is not active; what was written here is kept.`}
    </p>
  )
}
