/** What a header like `Accept` or `Accept-Encoding` names, in lower case, and its weight from 0 to 1 (RFC 9110 section 12.4.2). */
export function qualityValues(header: string): Map<string, number> {
  return new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.toLowerCase().split(';')
      const weight = parameters.map((text) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean)
      return [name.trim(), weight === undefined ? 1 : Number(weight)]
    }),
  )
}
