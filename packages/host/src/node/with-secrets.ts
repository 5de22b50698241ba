/**
 * A configuration with its secret values in their places.
 *
 * @param secrets Dotted name, as in `Installation.secrets` → value.
 */
export function withSecrets(
  configuration: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const whole: Record<string, unknown> = structuredClone(configuration)
  for (const [name, value] of Object.entries(secrets)) {
    const [first = '', second] = name.split('.', 2)
    if (second === undefined) whole[first] = value
    else whole[first] = { ...(whole[first] as Record<string, unknown> | undefined), [second]: value }
  }
  return whole
}
