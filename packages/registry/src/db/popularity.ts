/**
 * A step on a scale of installs: one for each install up to 16, then eight for each doubling. Words are kept in this
 * order, so that a plugin moves there a few times in its life and not at each install.
 */
export function popularityOf(installs: number): number {
  return installs < 8 ? installs : Math.floor(8 * Math.log2(installs)) - 16
}
