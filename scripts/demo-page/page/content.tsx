import { PluginPlace } from './plugin-place.tsx'

/** Components for the page editor, each with the defaults of its fields. */
export function Content() {
  return (
    <section id="pages" aria-labelledby="pages-title">
      <header className="section-head">
        <p className="eyebrow">Page editor</p>
        <h1 id="pages-title">Blocks for your pages</h1>
        <p className="muted">Each as it looks when it is put onto a page, before anybody has changed a field.</p>
      </header>
      <PluginPlace name="puck" />
    </section>
  )
}
