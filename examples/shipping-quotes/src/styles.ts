/** Host pages theme the panel through the `--plexica-*` variables; without them it follows the page's `color-scheme`. */
export const styles = `
.shipping-quotes {
  --shipping-quotes-surface: var(--plexica-surface, light-dark(#ffffff, #181b20));
  --shipping-quotes-sunken: var(--plexica-surface-sunken, light-dark(#f1f4f5, #23272e));
  --shipping-quotes-text: var(--plexica-text, light-dark(#182028, #e9edf1));
  --shipping-quotes-muted: var(--plexica-text-muted, light-dark(#566370, #a3afba));
  --shipping-quotes-border: var(--plexica-border, light-dark(#dde3e7, #343a43));
  --shipping-quotes-control: light-dark(#7d8994, #7b8794);
  --shipping-quotes-accent: var(--plexica-accent, light-dark(#a05a0f, #f0b35c));
  --shipping-quotes-focus: var(--plexica-focus, light-dark(#1d4ed8, #93b4ff));
  container-type: inline-size;
  box-sizing: border-box;
  padding: 20px;
  border: 1px solid var(--shipping-quotes-border);
  border-radius: var(--plexica-radius, 14px);
  background: var(--shipping-quotes-surface);
  color: var(--shipping-quotes-text);
  font: 400 15px/1.45 var(--plexica-font, system-ui, sans-serif);
}
.shipping-quotes *, .shipping-quotes *::before { box-sizing: border-box; }
.shipping-quotes h2 { margin: 0 0 10px; font-size: 18px; font-weight: 650; line-height: 1.3; }
.shipping-quotes p { margin: 0; }
.shipping-quotes-muted { color: var(--shipping-quotes-muted); font-size: 14px; }
.shipping-quotes-hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.shipping-quotes :is(input, select, button):focus-visible, .shipping-quotes-list label:has(input:focus-visible) {
  outline: 2px solid var(--shipping-quotes-focus); outline-offset: 2px;
}
.shipping-quotes-form { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; align-items: end; margin-bottom: 14px; }
.shipping-quotes-form label { min-width: 0; }
.shipping-quotes-form label > span { display: block; margin-bottom: 4px; font-size: 13px; font-weight: 600; }
.shipping-quotes-form :is(input, select) {
  width: 100%; height: 40px; padding: 0 10px; border: 1px solid var(--shipping-quotes-control); border-radius: 9px;
  background: var(--shipping-quotes-surface); color: inherit; font: inherit;
}
.shipping-quotes button {
  padding: 8px 16px; border: 1px solid var(--shipping-quotes-border); border-radius: 9px;
  background: var(--shipping-quotes-sunken); color: inherit; font: inherit; font-weight: 600; cursor: pointer;
}
.shipping-quotes-form button { grid-column: 1 / -1; height: 40px; }
.shipping-quotes-list { display: grid; gap: 8px; min-width: 0; margin: 12px 0 0; padding: 0; border: 0; }
.shipping-quotes-list label {
  display: flex; gap: 12px; align-items: center; padding: 12px 14px; border: 1px solid var(--shipping-quotes-border);
  border-radius: 11px; cursor: pointer;
}
.shipping-quotes-list label:hover { border-color: var(--shipping-quotes-control); }
.shipping-quotes-list label:has(input:checked) {
  border-color: var(--shipping-quotes-accent);
  background: color-mix(in srgb, var(--shipping-quotes-accent) 8%, var(--shipping-quotes-surface));
}
.shipping-quotes-list input { flex: none; width: 18px; height: 18px; margin: 0; accent-color: var(--shipping-quotes-accent); }
.shipping-quotes-list input:focus-visible { outline: none; }
.shipping-quotes-service { display: grid; flex: 1; min-width: 0; }
.shipping-quotes-service strong { font-weight: 650; overflow-wrap: anywhere; }
.shipping-quotes-price { font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; }
.shipping-quotes :is(.shipping-quotes-notice, .shipping-quotes-free) {
  margin-top: 12px; padding: 10px 14px; border-radius: 10px; background: var(--shipping-quotes-sunken); font-size: 14px;
}
.shipping-quotes-failed { display: grid; gap: 8px; justify-items: start; margin-top: 12px; }
.shipping-quotes-skeleton { display: grid; gap: 8px; margin-top: 12px; }
.shipping-quotes-skeleton div { height: 68px; border-radius: 11px; background: var(--shipping-quotes-sunken); }
@media (prefers-reduced-motion: no-preference) {
  .shipping-quotes-skeleton div { animation: shipping-quotes-pulse 1.4s ease-in-out infinite alternate; }
}
@keyframes shipping-quotes-pulse { to { opacity: 0.55; } }
@container (max-width: 260px) {
  .shipping-quotes-form { grid-template-columns: 1fr; }
}
`
