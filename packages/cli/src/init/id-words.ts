/** `sales-chart` → `Sales`, `Chart`. */
export function idWords(id: string): string[] {
  return id
    .split('-')
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
}
