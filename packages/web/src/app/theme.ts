export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const stored = 'plexica-theme'

export function preferredTheme(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(stored)) ?? 'system'
}

/** Shows the pages in this appearance, now and the next time. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(stored, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
