export const installedTabs = ['configuration', 'experiment', 'pages', 'history'] as const
export type InstalledTab = (typeof installedTabs)[number]

export function parseInstalledSearch({ tab }: Record<string, unknown>): { tab?: InstalledTab } {
  const known = installedTabs.find((one) => one === tab)
  return known === undefined ? {} : { tab: known }
}
