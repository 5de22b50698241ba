/** Numbers for an axis from zero to at least `most`: round, whole, and four steps at the most. */
export function ticksTo(most: number): number[] {
  const rough = Math.max(1, most) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough)
  const count = Math.ceil(Math.max(1, most) / step)
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** Which of so many labels are shown so that they stand apart, always with the first. In pixels. */
export function labelStride(count: number, width: number, apart: number): number {
  return Math.max(1, Math.ceil((count * apart) / Math.max(1, width)))
}
