const tag = /<(\/?)([a-z][a-z0-9]*)([^>]*)>?/gi
const attribute = /([a-z]+)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>=`]+))/gi
const kept = ['href', 'src', 'alt', 'title', 'width', 'height', 'align', 'colspan', 'rowspan', 'start']

/**
 * HTML with nothing in its tags but attributes that texts need. What is safe is decided by the sanitizer behind it; but
 * browsers complain of event handlers under a content security policy as soon as the sanitizer parses them.
 */
export function plainTags(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1[^>]*>|$)/gi, '')
    .replace(tag, (_tag, slash: string, name: string, rest: string) => {
      const attributes = Array.from(rest.matchAll(attribute), ([, key = '', ...values]) => {
        const value = values.find((one) => one !== undefined) ?? ''
        return kept.includes(key.toLowerCase()) ? ` ${key}="${value.replaceAll('"', '&quot;')}"` : ''
      })
      return `<${slash}${name}${attributes.join('')}>`
    })
}
