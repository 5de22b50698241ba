/** How grave an advisory is, in the words of CVSS and of those who write advisories. */
export const advisorySeverities = ['low', 'moderate', 'high', 'critical'] as const
export type AdvisorySeverity = (typeof advisorySeverities)[number]

/** The weights of the base metrics (CVSS 3.1 specification, section 7.4); privileges weigh more where the scope changes. */
const weights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  'PR/U': { N: 0.85, L: 0.62, H: 0.27 },
  'PR/C': { N: 0.85, L: 0.68, H: 0.5 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
}

/** The base score, 0 to 10, of a CVSS 3.0 or 3.1 vector (section 7.1); undefined when it is none. */
export function baseScore(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector)) return undefined
  const metrics = new Map(vector.split('/').map((part) => part.split(':', 2) as [string, string]))
  const scope = metrics.get('S')
  if (scope !== 'U' && scope !== 'C') return undefined
  const weigh = (metric: string) => weights[metric === 'PR' ? `PR/${scope}` : metric]?.[metrics.get(metric) ?? '']
  const all = ['AV', 'AC', 'PR', 'UI', 'C', 'I', 'A'].map(weigh)
  const [av, ac, pr, ui, c, i, a] = all
  if (av === undefined || ac === undefined || pr === undefined || ui === undefined) return undefined
  if (c === undefined || i === undefined || a === undefined) return undefined
  const lost = 1 - (1 - c) * (1 - i) * (1 - a)
  const impact = scope === 'U' ? 6.42 * lost : 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15
  if (impact <= 0) return 0
  const sum = impact + 8.22 * av * ac * pr * ui
  return roundUp(Math.min(scope === 'U' ? sum : 1.08 * sum, 10))
}

/** To one decimal, upwards, without what floating point adds (appendix A). */
function roundUp(score: number): number {
  const exact = Math.round(score * 100_000)
  return exact % 10_000 === 0 ? exact / 100_000 : (Math.floor(exact / 10_000) + 1) / 10
}

/** The rating scale of CVSS (section 5). */
export function severityOf(score: number): AdvisorySeverity {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  return score >= 4 ? 'moderate' : 'low'
}
