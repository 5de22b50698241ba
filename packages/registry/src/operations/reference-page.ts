import { createHash } from 'node:crypto'
import type { OpenApiContent, OpenApiDocument, OpenApiOperation } from '@plexica/api'

type Json = Readonly<Record<string, unknown>>

/** An interface as one page to read: no script, no other file, no other host. */
export function referencePage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const groups = document.tags.map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }))
  const navigation = groups.map(
    ({ name, operations }) =>
      `<h2>${escaped(name)}</h2><ul>${operations
        .map(({ operation }) => `<li><a href="#${operation.operationId}">${prose(inShort(operation.summary))}</a></li>`)
        .join('')}</ul>`,
  )
  const sections = groups.map(
    ({ name, description, operations }) =>
      `<section><h2>${escaped(name)}</h2><p>${prose(description)}</p>${operations
        .map((one) => operationSection(document, one))
        .join('')}</section>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(document.info.title)}: reference</title><style>${style}</style></head>
<body><nav aria-label="Routes"><a class="top" href="#top">${escaped(document.info.title)}</a>${navigation.join('')}</nav>
<main id="top"><h1>${escaped(document.info.title)}</h1><p>${prose(document.info.description)}
The same for programs: <a href="openapi.json">openapi.json</a>.</p>${sections.join('')}</main></body></html>
`
}

function operationSection(
  document: OpenApiDocument,
  { path, method, operation }: { path: string; method: string; operation: OpenApiOperation },
): string {
  const { operationId, summary, description, parameters, requestBody, responses } = operation
  const successes = Object.entries(responses).filter(([status]) => status < '400')
  const refusals = Object.entries(responses).filter(([status]) => status >= '400')
  return `<article id="${operationId}"><h3><a href="#${operationId}">${prose(summary)}</a></h3>
<p class="route"><b class="${method}">${method}</b> <code>${escaped(path)}</code></p><p>${prose(description)}</p>
${parametersTable(parameters)}
${requestBody ? contentTable(document, 'Body', requestBody.content) : ''}
${successes.map(([status, { content }]) => contentTable(document, `Answer ${status}`, content)).join('')}
<details><summary>What can go wrong</summary><dl>${refusals
    .map(([status, { description: codes }]) => `<dt>${status}</dt><dd>${prose(codes)}</dd>`)
    .join('')}</dl></details></article>`
}

function parametersTable(parameters: OpenApiOperation['parameters']): string {
  if (parameters.length === 0) return ''
  return rowsTable(
    'Parameters',
    parameters.map(({ name, in: place, required, description, schema }) => ({
      name: `${name} <small>${place}${required ? ', required' : ''}</small>`,
      type: typeWords(schema),
      meaning: meaningOf(schema, description),
    })),
  )
}

function contentTable(document: OpenApiDocument, caption: string, content: OpenApiContent = {}): string {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content)
  if (type === 'application/json') return rowsTable(caption, fieldRows(document, schema, '', 0))
  return `<h4>${caption}</h4><p>${type === '' ? 'Nothing.' : `<code>${escaped(type)}</code>`}</p>`
}

interface Row {
  /** As HTML, like the others. */
  name: string
  type: string
  meaning: string
}

/** Deeper fields are said by their type alone: a page that says everything is not read. */
const deepest = 3

function fieldRows(document: OpenApiDocument, given: Json, prefix: string, depth: number): Row[] {
  const schema = resolved(document, given)
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).flatMap(([name, field]) => {
    const inner = innerOf(document, field)
    const row = {
      name: `${escaped(prefix + name)}${required.has(name) ? '' : ' <small>optional</small>'}`,
      type: typeWords(field),
      meaning: meaningOf(resolved(document, field), field.description),
    }
    if (!inner || depth + 1 >= deepest) return [row]
    return [row, ...fieldRows(document, inner.schema, `${prefix}${name}${inner.list ? '[]' : ''}.`, depth + 1)]
  })
}

/** The object in a field: itself, what its list holds, or what it is when it is not null. */
function innerOf(document: OpenApiDocument, field: Json): { schema: Json; list: boolean } | undefined {
  const schema = resolved(document, field)
  if (schema.properties) return { schema, list: false }
  if (schema.items) {
    const items = resolved(document, schema.items as Json)
    return items.properties ? { schema: items, list: true } : undefined
  }
  const some = (schema.anyOf as Json[] | undefined)?.map((one) => innerOf(document, one)).find(Boolean)
  return some
}

function resolved({ components }: OpenApiDocument, schema: Json): Json {
  if (typeof schema.$ref !== 'string') return schema
  return components.schemas[schema.$ref.replace('#/components/schemas/', '')] ?? {}
}

function typeWords(schema: Json): string {
  if (typeof schema.$ref === 'string') return escaped(schema.$ref.split('/').at(-1) ?? '')
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `<code>${escaped(String(value))}</code>`).join(' ')
  if (schema.const !== undefined) return `<code>${escaped(String(schema.const))}</code>`
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map((one: Json) => typeWords(one)).join(' or ')
  if (schema.type === 'array') return `list of ${typeWords((schema.items ?? {}) as Json)}`
  return escaped(Array.isArray(schema.type) ? schema.type.join(' or ') : String(schema.type ?? 'anything'))
}

/** Keywords of JSON Schema that bound a value from below and above, and what they count. */
const bounds = [
  ['minimum', 'maximum', ''],
  ['minLength', 'maxLength', ' characters'],
  ['minItems', 'maxItems', ' items'],
] as const

function meaningOf(schema: Json, description: unknown = schema.description): string {
  const words = typeof description === 'string' ? [prose(description)] : []
  for (const [least, most, unit] of bounds) {
    const [from, to] = [schema[least], schema[most]]
    if (from !== undefined && to !== undefined) words.push(`${from} to ${to}${unit}`)
    else if (from !== undefined) words.push(`at least ${from}${unit}`)
    else if (to !== undefined) words.push(`at most ${to}${unit}`)
  }
  if (schema.pattern !== undefined) words.push(`matches <code>${escaped(String(schema.pattern))}</code>`)
  if (schema.default !== undefined) words.push(`default <code>${escaped(String(schema.default))}</code>`)
  return words.join('; ')
}

function rowsTable(caption: string, rows: readonly Row[]): string {
  if (rows.length === 0) return `<h4>${caption}</h4><p>An object whose fields are not fixed.</p>`
  const lines = rows.map(
    ({ name, type, meaning }) => `<tr><th scope="row">${name}</th><td>${type}</td><td>${meaning}</td></tr>`,
  )
  return `<div class="wide"><table><caption>${caption}</caption><tbody>${lines.join('')}</tbody></table></div>`
}

/** The first clause. */
function inShort(summary: string): string {
  return summary.split(/[;:]/, 1)[0] ?? summary
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Text with `code` in it. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

const style = `
:root{color-scheme:light dark;--line:light-dark(#d9dde3,#343a43);--soft:light-dark(#5b6470,#9aa4b2);--tint:light-dark(#f4f6f8,#1c2026);--mark:light-dark(#2456c7,#8fb3ff)}
*{box-sizing:border-box}html{scroll-padding-top:1rem}
body{margin:0;display:grid;grid-template-columns:18rem minmax(0,1fr);font:16px/1.55 system-ui,sans-serif;background:light-dark(#fff,#14171b);color:light-dark(#1b1f24,#e6e9ee)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1.25rem;border-right:1px solid var(--line);font-size:.875rem}
nav h2{font-size:.75rem;letter-spacing:.04em;text-transform:uppercase;color:var(--soft);margin:1.25rem 0 .25rem}
nav ul{list-style:none;margin:0;padding:0}nav li{margin:.2rem 0}nav a{color:inherit;text-decoration:none}nav a:hover{text-decoration:underline}
.top{font-weight:650;font-size:1rem}
main{padding:2rem clamp(1rem,4vw,3.5rem) 6rem;max-width:64rem}
h1{font-size:1.9rem;margin:0 0 .5rem}section>h2{font-size:1.35rem;margin:3rem 0 0;padding-top:1rem;border-top:1px solid var(--line)}
article{margin:2.25rem 0}h3{font-size:1.05rem;margin:0}h3 a{color:inherit;text-decoration:none}h3 a:hover{text-decoration:underline}
h4{font-size:.875rem;margin:1rem 0 .25rem}
a{color:var(--mark)}code{font:.875em ui-monospace,monospace;background:var(--tint);padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
.route{margin:.35rem 0}.route b{font:600 .75rem ui-monospace,monospace;padding:.2em .5em;border-radius:4px;background:var(--tint)}
.GET{color:light-dark(#17693a,#7bd49b)}.POST,.PUT{color:light-dark(#8a5200,#f0b866)}.DELETE{color:light-dark(#a3262a,#ff9a9a)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-top:1px solid var(--line);font-weight:400}
th{font-family:ui-monospace,monospace;white-space:nowrap}small{color:var(--soft);font-family:system-ui}
summary{cursor:pointer;color:var(--soft);margin-top:.75rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;font-size:.875rem;margin:.5rem 0}dt{font-weight:600}dd{margin:0}
@media(max-width:52rem){body{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}nav ul{columns:2}}
@media print{nav{display:none}body{display:block}}
`

/** What the page needs and nothing more: its own style, known by its digest (CSP Level 3). */
export const referencePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
