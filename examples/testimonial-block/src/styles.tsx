/** React puts the sheet into the page's head once, however many blocks there are. */
export function PluginStyles() {
  return (
    <style href="testimonial-block" precedence="plugin">
      {styles}
    </style>
  )
}

/** Host pages theme the blocks through the `--plexica-*` variables; without them they follow the page's `color-scheme`. */
const styles = `
.testimonial-block {
  --testimonial-block-surface: var(--plexica-surface, light-dark(#ffffff, #181b20));
  --testimonial-block-text: var(--plexica-text, light-dark(#182028, #e9edf1));
  --testimonial-block-muted: var(--plexica-text-muted, light-dark(#566370, #a3afba));
  --testimonial-block-border: var(--plexica-border, light-dark(#dde3e7, #343a43));
  container-type: inline-size;
  color: var(--testimonial-block-text);
  font: 400 16px/1.6 var(--plexica-font, system-ui, sans-serif);
}
.testimonial-block *, .testimonial-block *::before { box-sizing: border-box; }
.testimonial-block p { margin: 0 0 0.7em; }
.testimonial-block p:last-child { margin-bottom: 0; }
.testimonial-block a { color: inherit; text-decoration-color: var(--testimonial-block-accent); text-underline-offset: 3px; }
.testimonial-block a:focus-visible {
  outline: 2px solid var(--plexica-focus, light-dark(#1d4ed8, #93b4ff)); outline-offset: 3px; border-radius: 3px;
}
.testimonial-block-header { max-width: 62ch; margin-bottom: 28px; color: var(--testimonial-block-muted); }
.testimonial-block-header h2 {
  margin: 0 0 8px; color: var(--testimonial-block-text); font-size: clamp(24px, 4cqi, 34px); font-weight: 700;
  line-height: 1.2; letter-spacing: -0.015em; text-wrap: balance;
}
.testimonial-block-single {
  display: flex; flex-direction: column; gap: 16px; align-items: flex-start; margin: 0;
}
.testimonial-block-words { width: 100%; margin: 0; padding: 0; border: 0; font-style: normal; overflow-wrap: anywhere; }
.testimonial-block-words ul, .testimonial-block-words ol { margin: 0 0 0.7em; padding-left: 1.3em; text-align: start; }
.testimonial-block-words ul { list-style: disc; }
.testimonial-block-words > :last-child { margin-bottom: 0; }
.testimonial-block-words blockquote {
  margin: 0 0 0.7em; padding-left: 14px; border-left: 3px solid var(--testimonial-block-accent);
}
.testimonial-block-words code { font-size: 0.9em; }
.testimonial-block > .testimonial-block-single > .testimonial-block-words {
  font-size: clamp(18px, 2.6cqi, 25px); line-height: 1.5; text-wrap: pretty;
}
.testimonial-block-card {
  padding: 26px; border: 1px solid var(--testimonial-block-border); border-radius: var(--plexica-radius, 14px);
  background: var(--testimonial-block-surface);
}
.testimonial-block > .testimonial-block-single { gap: 22px; }
.testimonial-block > .testimonial-block-card { padding: clamp(24px, 5cqi, 52px); }
.testimonial-block-side { padding: 6px 0 6px clamp(18px, 3.5cqi, 36px); border-left: 4px solid var(--testimonial-block-accent); }
.testimonial-block-mark { fill: var(--testimonial-block-accent); }
.testimonial-block-stars { flex: none; }
.testimonial-block-stars-empty { fill: light-dark(#d4d9de, #434a54); }
.testimonial-block-stars-filled { fill: light-dark(#d98a00, #fbbf24); }
.testimonial-block-author { display: flex; gap: 13px; align-items: center; line-height: 1.35; }
.testimonial-block-author img, .testimonial-block-initials { flex: none; width: 48px; height: 48px; border-radius: 50%; }
.testimonial-block-author img { object-fit: cover; }
.testimonial-block-initials {
  display: grid; place-items: center; font-size: 16px; font-weight: 650;
  background: color-mix(in srgb, var(--testimonial-block-accent) 18%, var(--testimonial-block-surface));
}
.testimonial-block-author cite { display: block; font-style: normal; font-weight: 650; }
.testimonial-block-role { color: var(--testimonial-block-muted); font-size: 14px; }
.testimonial-block-link { font-weight: 600; }
.testimonial-block-center .testimonial-block-header { margin-inline: auto; text-align: center; }
.testimonial-block-single.testimonial-block-center { align-items: center; text-align: center; }
.testimonial-block-center .testimonial-block-author { text-align: start; }
.testimonial-block-wall { margin: 0; padding: 0; list-style: none; }
.testimonial-block-masonry { columns: var(--testimonial-block-columns) 260px; column-gap: 20px; }
.testimonial-block-masonry > li { margin-bottom: 20px; break-inside: avoid; }
.testimonial-block-rows {
  --testimonial-block-gaps: calc(20px * (var(--testimonial-block-columns) - 1));
  --testimonial-block-share: calc((100% - var(--testimonial-block-gaps)) / var(--testimonial-block-columns));
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, max(260px, var(--testimonial-block-share))), 1fr));
  gap: 20px;
}
.testimonial-block-rows figure { height: 100%; }
.testimonial-block-rows .testimonial-block-words { flex: 1; }
`
