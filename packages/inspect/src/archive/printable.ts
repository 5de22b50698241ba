/** Characters that hide, reorder or move text: control, format and other invisible ones, spaces other than U+0020. */
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{DI}]|(?! )\p{Zs}/gu
const shownCharacters = 200

/**
 * A hostile name made safe to show: what a terminal or a page would not show as it stands is written as `\u{…}`, and
 * a long name is cut. A harmless name stays as it is.
 */
export function printable(name: string): string {
  const cut = name.length > shownCharacters ? `${name.slice(0, shownCharacters)}…` : name
  return cut.replaceAll(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
