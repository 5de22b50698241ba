import type { ChartTheme } from './chart-configuration.ts'

/**
 * The chart's colours in the page's present theme. The style sheet writes them into properties of the canvas that show
 * nothing there (caret, outline of no width …), because the browser resolves variables and `light-dark()` only in those.
 */
export function readTheme(canvas: HTMLCanvasElement): ChartTheme {
  const style = getComputedStyle(canvas)
  return {
    bar: style.borderRightColor,
    chosenBar: style.borderLeftColor,
    text: style.color,
    grid: style.borderTopColor,
    average: style.outlineColor,
    tooltipSurface: style.caretColor,
    tooltipText: style.textDecorationColor,
    font: style.fontFamily,
    animated: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  }
}

/** Calls back when the page may have turned light or dark. Returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', changed)
  const page = new MutationObserver(changed)
  page.observe(document.documentElement, { attributeFilter: ['class', 'style', 'data-theme'] })
  return () => {
    system.removeEventListener('change', changed)
    page.disconnect()
  }
}
