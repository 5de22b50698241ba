/** Host pages theme the card through the `--plexica-*` variables; without them it follows the page's `color-scheme`. */
export const styles = `
.sales-chart {
  --sales-chart-surface: var(--plexica-surface, light-dark(#ffffff, #181b20));
  --sales-chart-sunken: var(--plexica-surface-sunken, light-dark(#f1f4f5, #23272e));
  --sales-chart-text: var(--plexica-text, light-dark(#182028, #e9edf1));
  --sales-chart-muted: var(--plexica-text-muted, light-dark(#566370, #a3afba));
  --sales-chart-border: var(--plexica-border, light-dark(#dde3e7, #343a43));
  --sales-chart-focus: var(--plexica-focus, light-dark(#1d4ed8, #93b4ff));
  --sales-chart-bar: color-mix(in srgb, var(--sales-chart-colour) 74%, var(--sales-chart-surface));
  --sales-chart-average: light-dark(#b45309, #fbbf24);
  container-type: inline-size;
  box-sizing: border-box;
  padding: 20px;
  border: 1px solid var(--sales-chart-border);
  border-radius: var(--plexica-radius, 14px);
  background: var(--sales-chart-surface);
  color: var(--sales-chart-text);
  font: 400 15px/1.45 var(--plexica-font, system-ui, sans-serif);
}
.sales-chart *, .sales-chart *::before { box-sizing: border-box; }
.sales-chart h2 { margin: 0; font-size: 18px; font-weight: 650; line-height: 1.3; }
.sales-chart p { margin: 0; }
.sales-chart-hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.sales-chart-header { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start; justify-content: space-between; }
.sales-chart-span { color: var(--sales-chart-muted); font-size: 14px; }
.sales-chart-ranges {
  position: relative; display: flex; margin: 0; padding: 3px; border: 0; border-radius: 10px;
  background: var(--sales-chart-sunken);
}
.sales-chart-ranges input { position: absolute; opacity: 0; }
.sales-chart-ranges span {
  display: block; padding: 5px 12px; border-radius: 8px; color: var(--sales-chart-muted); font-size: 14px; cursor: pointer;
}
.sales-chart-ranges span:hover { color: var(--sales-chart-text); }
.sales-chart-ranges input:checked + span {
  background: var(--sales-chart-surface); color: var(--sales-chart-text); font-weight: 600;
  box-shadow: 0 1px 2px rgb(0 0 0 / 0.16);
}
.sales-chart-ranges input:focus-visible + span { outline: 2px solid var(--sales-chart-focus); outline-offset: 1px; }
.sales-chart-body { transition: opacity 0.15s; }
.sales-chart-body[aria-busy='true'] { opacity: 0.5; }
.sales-chart-figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 18px 0 14px; }
.sales-chart-figures dt { color: var(--sales-chart-muted); font-size: 13px; }
.sales-chart-figures dd { margin: 0; font-size: 22px; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.3; }
.sales-chart-plot { position: relative; height: 280px; border-radius: 8px; }
.sales-chart-plot:focus-within { outline: 2px solid var(--sales-chart-focus); outline-offset: 4px; }
.sales-chart-plot canvas {
  color: var(--sales-chart-muted);
  border: 0 solid;
  border-color: var(--sales-chart-border) var(--sales-chart-bar) transparent var(--sales-chart-colour);
  outline: 0 solid var(--sales-chart-average);
  caret-color: light-dark(#182028, #eef2f5);
  text-decoration-color: light-dark(#ffffff, #181b20);
}
.sales-chart-cursor { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; pointer-events: none; }
.sales-chart-legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 10px 0 0; padding: 0; list-style: none; }
.sales-chart-legend li { display: flex; align-items: center; gap: 7px; color: var(--sales-chart-muted); font-size: 13px; }
.sales-chart-bar::before { width: 11px; height: 11px; border-radius: 3px; background: var(--sales-chart-bar); content: ''; }
.sales-chart-average::before { width: 16px; height: 2px; background: var(--sales-chart-average); content: ''; }
.sales-chart-details { margin-top: 14px; font-size: 14px; }
.sales-chart-details summary { width: fit-content; color: var(--sales-chart-muted); cursor: pointer; }
.sales-chart-details summary:hover { color: var(--sales-chart-text); }
.sales-chart-details summary:focus-visible, .sales-chart-scroll:focus-visible, .sales-chart-message button:focus-visible {
  outline: 2px solid var(--sales-chart-focus); outline-offset: 2px;
}
.sales-chart-scroll { max-height: 260px; margin-top: 10px; overflow: auto; }
.sales-chart-scroll table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.sales-chart-scroll th, .sales-chart-scroll td {
  padding: 6px 8px; border-bottom: 1px solid var(--sales-chart-border); font-weight: 400; text-align: right;
}
.sales-chart-scroll th:first-child { text-align: left; }
.sales-chart-scroll thead th {
  position: sticky; top: 0; background: var(--sales-chart-surface); color: var(--sales-chart-muted); font-weight: 600;
}
.sales-chart-message {
  display: grid; justify-items: center; align-content: center; gap: 6px; min-height: 300px; text-align: center;
}
.sales-chart-message p { max-width: 44ch; color: var(--sales-chart-muted); font-size: 14px; }
.sales-chart-message button {
  margin-top: 8px; padding: 7px 16px; border: 1px solid var(--sales-chart-border); border-radius: 9px;
  background: var(--sales-chart-sunken); color: inherit; font: inherit; font-weight: 600; cursor: pointer;
}
.sales-chart-skeleton div { border-radius: 10px; background: var(--sales-chart-sunken); }
.sales-chart-skeleton-figures { height: 52px; margin: 18px 0 14px; }
.sales-chart-skeleton-plot { height: 280px; }
@media (prefers-reduced-motion: no-preference) {
  .sales-chart-skeleton div { animation: sales-chart-pulse 1.4s ease-in-out infinite alternate; }
}
@keyframes sales-chart-pulse { to { opacity: 0.55; } }
@container (max-width: 480px) {
  .sales-chart-figures { grid-template-columns: repeat(2, 1fr); }
  .sales-chart-figures dd { font-size: 19px; }
  .sales-chart-plot { height: 220px; }
}
`
