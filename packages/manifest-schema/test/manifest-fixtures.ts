import type { ManifestCode } from '../src/index.ts'
import { manifestText, validManifest, withConfig, withFields } from './valid-manifest.ts'

/** A text that breaks one rule and no other, and a piece of the line that the finding must name. */
export interface Fixture {
  text: string
  at: string
  /** A piece of the message. */
  says: string
}

const valid = manifestText()
const component = { name: 'Box', export: 'Box', extensionPoint: 'dashboard.widgets' }
const nested = (levels: number): object =>
  levels === 0 ? { type: 'text' } : { type: 'object', fields: { inner: nested(levels - 1) } }
const withRemoved = (fields: object) =>
  manifestText({ components: [{ ...component, extensionPoint: 'puck', fields, removedFields: ['a'] }] })
const withRoutes = (routes: object[]) => manifestText({ backend: { entry: 'src/backend.ts', routes } })
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 1]))

/** At least one for each rule; a rule without one does not compile. */
export const manifestFixtures: Record<ManifestCode, readonly [Fixture, ...Fixture[]]> = {
  'manifest-too-large': [{ text: ' '.repeat(256 * 1024 + 1), at: '', says: '262145 bytes' }],
  'manifest-byte-order-mark': [{ text: `\ufeff${valid}`, at: '{', says: 'byte order mark' }],
  'manifest-not-json': [
    { text: valid.replace('"order-desk",', '"order-desk"'), at: '"name"', says: 'A `,` is missing before "name"' },
    {
      text: valid.replace('"order-desk"', "'order-desk'"),
      at: '"id"',
      says: 'neither a value nor a text in double quotes',
    },
    { text: '', at: '', says: 'The end of the file stands where a value is expected' },
    { text: `${valid}\n}`, at: '}', says: 'after the end' },
    { text: valid.slice(0, -2), at: ']', says: 'A `}` is missing before the end of the file' },
    { text: valid.replace('Order Desk', 'Order\tDesk'), at: '"name"', says: 'must be escaped' },
  ],
  'manifest-comment': [
    { text: valid.replace('"id"', '// ours\n  "id"'), at: '// ours', says: '// ours is a comment' },
    { text: `${valid}/* open`, at: '/* open', says: 'comment' },
  ],
  'manifest-trailing-comma': [{ text: valid.replace(/\n}$/, ',\n}'), at: '],', says: 'comma after it' }],
  'manifest-too-deep': [{ text: '['.repeat(100_000), at: '[', says: '32 levels' }],
  'manifest-duplicate-key': [
    {
      text: valid.replace('"name"', '"id": "other",\n  "name"'),
      at: '"id": "other"',
      says: 'first on line 3, again on line 4',
    },
  ],
  'manifest-text-too-long': [
    { text: manifestText({ description: 'x'.repeat(4_001) }), at: '"description"', says: '4001 characters' },
  ],
  'manifest-hidden-character': [
    { text: valid.replace('Order Desk', 'Order\\u0000Desk'), at: '"name"', says: 'U+0000' },
    { text: valid.replace('Order Desk', 'Order\u202eDesk'), at: '"name"', says: 'U+202E' },
    { text: valid.replace('Order Desk', 'Order\\ud800Desk'), at: '"name"', says: 'U+D800' },
  ],
  'manifest-missing-key': [
    { text: manifestText({ id: undefined }), at: '{', says: 'id is missing' },
    { text: manifestText({ author: {} }), at: '"author"', says: 'author.name is missing' },
    {
      text: manifestText({ pricing: { type: 'paid', amount: 1, currency: 'EUR' } }),
      at: '"pricing"',
      says: 'pricing.interval is missing',
    },
  ],
  'manifest-unknown-key': [
    { text: manifestText({ tags: undefined, tagz: [] }), at: '"tagz"', says: 'did you mean `tags`' },
    { text: manifestText({ tags: undefined, keywords: [] }), at: '"keywords"', says: 'did you mean `tags`' },
    { text: manifestText({ license: undefined, lisence: 'MIT' }), at: '"lisence"', says: 'did you mean `license`' },
    { text: manifestText({ zzzzzz: 1 }), at: '"zzzzzz"', says: 'not a key of the manifest.' },
    {
      text: withFields({ a: { type: 'text', lable: 'A' } }),
      at: '"lable"',
      says: 'components[0].fields.a; did you mean `label`',
    },
    {
      text: withFields({ a: nested(1), b: { type: 'object', fields: { c: { type: 'text', x: 1 } } } }),
      at: '"x"',
      says: 'components[0].fields.b.fields.c',
    },
    {
      text: valid.replace('"name"', '"__proto__": {},\n  "name"'),
      at: '__proto__',
      says: '__proto__ is not a possible key',
    },
  ],
  'manifest-wrong-type': [
    { text: '[]', at: '[', says: 'The manifest is []; it must be an object' },
    { text: 'null', at: 'null', says: 'The manifest is null' },
    { text: manifestText({ name: 7 }), at: '"name"', says: 'name is 7; it must be a string' },
    {
      text: withFields({ a: { type: 'select', options: [{ label: 'A', value: null }] } }),
      at: '"value"',
      says: 'must be a string, a number or true or false',
    },
  ],
  'manifest-text-length': [
    { text: manifestText({ name: '' }), at: '"name"', says: 'name is empty' },
    { text: manifestText({ description: 'short' }), at: '"description"', says: 'has 5 characters; at least 10' },
    { text: manifestText({ name: '𝒳'.repeat(61) }), at: '"name"', says: 'has 61 characters; at most 60' },
  ],
  'manifest-text-form': [
    { text: manifestText({ id: 'Order_Desk' }), at: '"id"', says: 'id is "Order_Desk"; it must be 2 to 63 lower-case' },
    { text: manifestText({ name: '   ' }), at: '"name"', says: 'more than spaces' },
    { text: manifestText({ homepage: 'javascript:alert(1)' }), at: '"homepage"', says: 'web address' },
    { text: manifestText({ homepage: 'https://exa mple.com' }), at: '"homepage"', says: 'complete address' },
    { text: manifestText({ author: { name: 'A', email: 'nobody' } }), at: '"email"', says: 'e-mail address' },
    { text: manifestText({ network: ['https://example.com'] }), at: 'https://example.com', says: 'network[0]' },
  ],
  'manifest-unknown-value': [
    { text: manifestText({ category: 'analitics' }), at: '"category"', says: 'did you mean "analytics"' },
    { text: manifestText({ category: ['x'] }), at: '"category"', says: 'it must be one of "analytics"' },
    { text: manifestText({ configSchema: { type: 'array' } }), at: '"type": "array"', says: 'it must be "object"' },
    {
      text: withFields({ a: { type: 'txt' } }),
      at: '"txt"',
      says: 'components[0].fields.a.type is "txt"; did you mean "text"',
    },
  ],
  'manifest-number-range': [
    { text: manifestText({ pricing: { ...validManifest.pricing, amount: 0 } }), at: '"amount"', says: 'more than 0' },
    {
      text: manifestText({ pricing: { ...validManifest.pricing, amount: 2_000_000 } }),
      at: '"amount"',
      says: 'at most 1000000',
    },
  ],
  'manifest-list-length': [
    { text: manifestText({ tags: [...'abcdefghijk'] }), at: '"tags"', says: 'tags has 11 entries; at most 10' },
    { text: withFields({ a: { type: 'select', options: [] } }), at: '"options"', says: 'at least 1' },
    {
      text: withFields(Object.fromEntries(Object.keys(many(51)).map((key) => [key, { type: 'text' }]))),
      at: '"fields"',
      says: '51 entries',
    },
  ],
  'manifest-duplicate-item': [
    { text: manifestText({ tags: ['one', 'two', 'one'] }), at: '"one"', says: 'tags[2] repeats tags[0]' },
  ],
  'manifest-key-form': [
    { text: withFields({ 'a-b': { type: 'text' } }), at: '"a-b"', says: 'components[0].fields["a-b"]' },
    {
      text: manifestText({ dependencies: { 'Not Possible': '^1.0.0' } }),
      at: '"Not Possible"',
      says: '2 to 63 lower-case',
    },
  ],
  'manifest-free-with-price': [
    { text: manifestText({ pricing: { type: 'free', amount: 0 } }), at: '"amount"', says: 'pricing.amount' },
  ],
  'manifest-reserved-id': [
    { text: manifestText({ id: 'admin' }), at: '"id"', says: 'id is "admin", which is reserved' },
    { text: manifestText({ id: 'plex-1ca' }), at: '"id"', says: 'which is reserved' },
  ],
  'manifest-version': [
    { text: manifestText({ version: '1.0.99999999999999999' }), at: '"version"', says: 'too great' },
  ],
  'manifest-range': [
    { text: manifestText({ engines: { plexica: 'latest' } }), at: '"plexica"', says: 'engines.plexica is "latest"' },
    { text: manifestText({ engines: { plexica: '^01.0.0' } }), at: '"plexica"', says: 'not a semver range' },
    { text: manifestText({ dependencies: { crm: '>2.0.0, <3.0.0' } }), at: '"crm"', says: 'dependencies.crm' },
    {
      text: manifestText({ shared: { '@acme/charts': 'newest' } }),
      at: '"@acme/charts"',
      says: 'shared["@acme/charts"]',
    },
  ],
  'manifest-license': [
    { text: manifestText({ license: 'Apache 2.0' }), at: '"license"', says: 'did you mean "Apache-2.0"' },
    { text: manifestText({ license: 'all mine' }), at: '"license"', says: 'not an SPDX expression' },
  ],
  'manifest-depends-on-itself': [
    {
      text: manifestText({ dependencies: { 'order-desk': '^1.0.0' } }),
      at: '"order-desk": "^1',
      says: 'dependencies["order-desk"]',
    },
  ],
  'manifest-no-entry': [
    { text: manifestText({ frontend: undefined, backend: undefined, components: [] }), at: '{', says: 'neither' },
  ],
  'manifest-components-without-frontend': [
    { text: manifestText({ frontend: undefined }), at: '"components"', says: 'no frontend' },
  ],
  'manifest-component-duplicate': [
    {
      text: manifestText({ components: [component, { ...component, export: 'Other' }] }),
      at: '"name": "Box"',
      says: 'components[1].name',
    },
  ],
  'manifest-fields-unused': [
    {
      text: manifestText({ components: [{ ...component, fields: { a: { type: 'text' } } }] }),
      at: '"fields"',
      says: 'dashboard.widgets',
    },
  ],
  'manifest-path': [
    { text: manifestText({ frontend: { entry: '../x.ts' } }), at: '"entry"', says: 'leaves the plugin folder' },
    { text: manifestText({ backend: { entry: 'C:\\x.ts' } }), at: '"entry"', says: 'backslash' },
    { text: manifestText({ backend: { entry: '/x.ts' } }), at: '"entry"', says: 'does not start' },
    { text: manifestText({ backend: { entry: 'C:/x.ts' } }), at: '"entry"', says: 'does not start' },
    { text: manifestText({ backend: { entry: 'src//x.ts' } }), at: '"entry"', says: 'empty step' },
    { text: manifestText({ backend: { entry: 'src/a?.ts' } }), at: '"entry"', says: 'some systems refuse' },
    { text: manifestText({ backend: { entry: 'src /a.ts' } }), at: '"entry"', says: 'ends with a space' },
    { text: manifestText({ backend: { entry: 'é'.repeat(101) } }), at: '"entry"', says: 'longer than 200 bytes' },
    { text: manifestText({ backend: { entry: `${'a/'.repeat(12)}a` } }), at: '"entry"', says: 'deeper than 12' },
    { text: manifestText({ icon: './assets/icon.svg' }), at: '"icon"', says: 'icon is "./assets/icon.svg"' },
    { text: manifestText({ license: 'SEE LICENSE IN ../LICENSE' }), at: '"license"', says: 'license is "../LICENSE"' },
  ],
  'manifest-path-picture': [
    { text: manifestText({ icon: 'icon.svg' }), at: '"icon"', says: 'not a picture under `assets/`' },
    {
      text: manifestText({ screenshots: [{ path: 'assets/a.bmp', alt: 'A' }] }),
      at: '"path"',
      says: 'screenshots[0].path',
    },
  ],
  'manifest-path-setup': [{ text: manifestText({ setup: 'SETUP.html' }), at: '"setup"', says: 'not a Markdown file' }],
  'manifest-field-key': [
    { text: withFields({ a: { type: 'text', min: 1 } }), at: '"min"', says: 'components[0].fields.a.min is of no use' },
  ],
  'manifest-field-options': [
    { text: withFields({ a: { type: 'select' } }), at: '"a"', says: 'a select without options' },
    {
      text: withFields({ a: { type: 'radio', options: [1, 1].map((value) => ({ label: 'A', value })) } }),
      at: '"value": 1',
      says: 'another option',
    },
  ],
  'manifest-field-fields': [
    { text: withFields({ a: { type: 'array' } }), at: '"a"', says: 'an array without fields' },
    { text: withFields({ a: { type: 'object', fields: {} } }), at: '"a"', says: 'an object without fields' },
  ],
  'manifest-field-range': [
    { text: withFields({ a: { type: 'number', min: 3, max: 2 } }), at: '"min"', says: 'min 3 above max 2' },
  ],
  'manifest-field-default': [
    {
      text: withFields({ a: { type: 'text', default: 1 } }),
      at: '"default"',
      says: 'fields.a.default is 1; it must be a string',
    },
    { text: withFields({ a: { type: 'slot', default: [] } }), at: '"default"', says: 'a slot starts empty' },
    { text: withFields({ a: { type: 'number', default: '1' } }), at: '"default"', says: 'a number' },
    { text: withFields({ a: { type: 'number', min: 2, max: 3, default: 1 } }), at: '"default"', says: 'at least 2' },
    { text: withFields({ a: { type: 'number', max: 3, default: 4 } }), at: '"default"', says: 'at most 3' },
    { text: withFields({ a: { type: 'boolean', default: 'yes' } }), at: '"default"', says: 'true or false' },
    {
      text: withFields({ a: { type: 'select', options: [{ label: 'A', value: 1 }], default: '1' } }),
      at: '"default"',
      says: 'none of the options',
    },
    { text: withFields({ a: { type: 'color', default: 'red' } }), at: '"default"', says: 'a colour' },
    {
      text: withFields({ a: { type: 'image', default: 'http:' } }),
      at: '"default"',
      says: 'a web address or a picture',
    },
    {
      text: withFields({ a: { type: 'array', fields: { b: { type: 'text' } }, default: {} } }),
      at: '"default"',
      says: 'a list',
    },
    {
      text: withFields({ a: { type: 'array', fields: { b: { type: 'text' } }, default: [7] } }),
      at: '"default"',
      says: 'an object',
    },
    {
      text: withFields({ a: { type: 'object', fields: { b: { type: 'text' } }, default: { c: 1 } } }),
      at: '"default"',
      says: 'no field "c"',
    },
    {
      text: withFields({ a: { type: 'object', fields: { b: { type: 'text' } }, default: { b: 1 } } }),
      at: '"default"',
      says: 'in "b", it must be a string',
    },
  ],
  'manifest-field-depth': [{ text: withFields({ a: nested(5) }), at: '"fields"', says: 'deeper than 5 levels' }],
  'manifest-field-reserved': [
    { text: withFields({ key: { type: 'text' } }), at: '"key"', says: 'components[0].fields.key' },
  ],
  'manifest-field-formerly': [
    {
      text: withFields({ a: { type: 'text', formerly: ['b'] }, b: { type: 'text' } }),
      at: '"b"',
      says: 'components[0].fields.a.formerly[0] is "b", which is a field itself',
    },
    {
      text: withFields({ a: { type: 'text', formerly: ['c'] }, b: { type: 'text', formerly: ['old', 'c'] } }),
      at: '"c"',
      says: 'fields.b.formerly[1] is "c", which components[0].fields.a takes over already',
    },
    {
      text: withFields({
        a: { type: 'array', fields: { b: { type: 'text', formerly: ['c'] }, c: { type: 'text' } } },
      }),
      at: '"c"',
      says: 'fields.a.fields.b.formerly[0] is "c"',
    },
  ],
  'manifest-field-removed': [
    {
      text: withRemoved({ a: { type: 'text' } }),
      at: '"a"',
      says: 'components[0].removedFields[0] is "a", which is a field',
    },
    {
      text: withRemoved({ b: { type: 'text', formerly: ['a'] } }),
      at: '"a"',
      says: 'which components[0].fields.b takes over',
    },
  ],
  'manifest-slot-elsewhere': [
    {
      text: manifestText({ components: [{ ...component, fields: { a: { type: 'slot' } } }] }),
      at: '"a"',
      says: 'components[0].fields.a is a slot',
    },
    {
      text: manifestText({
        components: [{ ...component, fields: { a: { type: 'object', fields: { b: { type: 'slot' } } } } }],
      }),
      at: '"b"',
      says: 'fields.a.fields.b is a slot',
    },
  ],
  'manifest-route-duplicate': [
    {
      text: withRoutes([
        { method: 'GET', path: '/quotes/:id' },
        { method: 'POST', path: '/quotes/:id' },
        { method: 'GET', path: '/quotes/:number' },
      ]),
      at: '"/quotes/:number"',
      says: 'backend.routes[2] is GET /quotes/:number, which backend.routes[0] answers already',
    },
  ],
  'manifest-route-permission': [
    {
      text: withRoutes([
        { method: 'GET', path: '/', permission: 'orders:read' },
        { method: 'POST', path: '/', permission: 'orders:delete' },
      ]),
      at: '"orders:delete"',
      says: 'backend.routes[1].permission is orders:delete',
    },
  ],
  'manifest-config-keyword': [
    {
      text: withConfig({ a: { type: 'string', $ref: 'https://example.com' } }),
      at: '"$ref"',
      says: 'configSchema.properties.a.$ref',
    },
    { text: withConfig({ a: { type: 'number', maximun: 3 } }), at: '"maximun"', says: 'did you mean `maximum`' },
    { text: withConfig({}, { allOf: [] }), at: '"allOf"', says: 'configSchema.allOf' },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string', secret: true } } }),
      at: '"secret"',
      says: 'items.secret',
    },
  ],
  'manifest-config-type': [
    { text: withConfig({ a: {} }), at: '"a"', says: 'has no type' },
    { text: withConfig({ a: { type: 'text' } }), at: '"type": "text"', says: 'is "text", which cannot be used here' },
    { text: withConfig({ a: { type: 'strin' } }), at: '"strin"', says: 'did you mean "string"' },
    { text: withConfig({ a: { type: ['string', 'null'] } }), at: '"type": [', says: 'cannot be used' },
    { text: withConfig({ a: true }), at: '"a"', says: 'not an object' },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'number' } } }),
      at: '"items"',
      says: 'a list that does not say',
    },
    { text: withConfig({ a: { type: 'array' } }), at: '"a"', says: 'a list that does not say' },
    {
      text: withConfig({ a: { type: 'object', properties: { b: { type: 'object' } } } }),
      at: '"type": "object"',
      says: 'properties.b.type is "object"',
    },
  ],
  'manifest-config-value': [
    { text: withConfig({ a: { type: 'string', minLength: -1 } }), at: '"minLength"', says: 'a whole number from 0' },
    { text: withConfig({ a: { type: 'string', title: '' } }), at: '"title"', says: '1 to 100 characters' },
    {
      text: withConfig({ a: { type: 'string', format: 'phone' } }),
      at: '"format"',
      says: 'uri, email, date, date-time',
    },
    { text: withConfig({ a: { type: 'string', enum: [] } }), at: '"enum"', says: 'a list of values that differ' },
    { text: withConfig({ a: { type: 'string', enum: ['a', 1] } }), at: '1', says: 'enum[1] is 1; it must be a string' },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string', enum: [1] } } }),
      at: '1',
      says: 'items.enum[0]',
    },
    { text: withConfig({ a: { type: 'number', minimum: '1' } }), at: '"minimum"', says: 'a number' },
    { text: withConfig({ a: { type: 'string', pattern: 7 } }), at: '"pattern"', says: 'a regular expression' },
    { text: withConfig({}, { additionalProperties: true }), at: '"additionalProperties"', says: 'it must be false' },
    { text: withConfig([]), at: '"properties"', says: 'an object' },
    { text: withConfig({ a: { type: 'string' } }, { required: 'a' }), at: '"required"', says: 'a list of names' },
  ],
  'manifest-config-name': [
    { text: withConfig({ 'api-key': { type: 'string' } }), at: '"api-key"', says: '["api-key"]' },
  ],
  'manifest-config-size': [{ text: withConfig(many(51)), at: '"properties"', says: '51 properties' }],
  'manifest-config-required': [
    {
      text: withConfig({ name: { type: 'string' } }, { required: ['nmae'] }),
      at: '"nmae"',
      says: 'did you mean "name"',
    },
    {
      text: withConfig({ a: { type: 'string' } }, { required: ['toString'] }),
      at: '"toString"',
      says: 'no property here.',
    },
  ],
  'manifest-config-range': [
    {
      text: withConfig({ a: { type: 'string', minLength: 3, maxLength: 2 } }),
      at: '"minLength"',
      says: 'minLength 3 above maxLength 2',
    },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string' }, minItems: 3, maxItems: 2 } }),
      at: '"minItems"',
      says: 'above',
    },
  ],
  'manifest-config-pattern': [
    { text: withConfig({ a: { type: 'string', pattern: '(' } }), at: '"pattern"', says: 'not a regular expression' },
    {
      text: withConfig({ a: { type: 'string', pattern: '^(a+)+$' } }),
      at: '"pattern"',
      says: 'more than 20000000 steps',
    },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string', pattern: '(?<=a)b' } } }),
      at: '"pattern"',
      says: 'cost cannot be told',
    },
  ],
  'manifest-config-secret': [
    { text: withConfig({ a: { type: 'number', secret: true } }), at: '"secret"', says: 'stands on type number' },
    { text: withConfig({ a: { type: 'object', secret: true } }), at: '"secret"', says: 'stands on type object' },
    { text: withConfig({ a: { type: 'string', secret: true, default: 'x' } }), at: '"default"', says: 'in `default`' },
    { text: withConfig({ a: { type: 'string', secret: true, enum: ['x'] } }), at: '"enum"', says: 'in `enum`' },
  ],
  'manifest-config-default': [
    {
      text: withConfig({ a: { type: 'string', default: 1 } }),
      at: '"default"',
      says: 'a.default is 1; it must be a string',
    },
    { text: withConfig({ a: { type: 'string', minLength: 2, default: 'x' } }), at: '"default"', says: 'at least 2' },
    { text: withConfig({ a: { type: 'string', maxLength: 2, default: 'xyz' } }), at: '"default"', says: 'at most 2' },
    {
      text: withConfig({ a: { type: 'string', pattern: '^a$', default: 'x' } }),
      at: '"default"',
      says: 'must match ^a$',
    },
    {
      text: withConfig({ a: { type: 'string', format: 'date', default: '2026-02-30' } }),
      at: '"default"',
      says: 'a date',
    },
    {
      text: withConfig({ a: { type: 'string', enum: ['a'], default: 'x' } }),
      at: '"default"',
      says: 'not in the enum',
    },
    { text: withConfig({ a: { type: 'integer', default: 1.5 } }), at: '"default"', says: 'a whole number' },
    { text: withConfig({ a: { type: 'number', default: '1' } }), at: '"default"', says: 'a number' },
    { text: withConfig({ a: { type: 'number', minimum: 2, default: 1 } }), at: '"default"', says: 'at least 2' },
    { text: withConfig({ a: { type: 'number', maximum: 2, default: 3 } }), at: '"default"', says: 'at most 2' },
    { text: withConfig({ a: { type: 'boolean', default: 'no' } }), at: '"default"', says: 'true or false' },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string' }, default: 'a' } }),
      at: '"default"',
      says: 'a list',
    },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string' }, default: [1] } }),
      at: '"default"',
      says: 'of [0], it must be a string',
    },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string' }, maxItems: 1, default: ['a', 'b'] } }),
      at: '"default"',
      says: '0 to 1 items',
    },
    {
      text: withConfig({ a: { type: 'array', items: { type: 'string' }, uniqueItems: true, default: ['a', 'a'] } }),
      at: '"default"',
      says: 'must differ',
    },
    {
      text: withConfig({ l: { type: 'object', properties: { b: { type: 'boolean', default: 1 } } } }),
      at: '"default"',
      says: 'l.properties.b.default',
    },
  ],
  'manifest-more-findings': [{ text: manifestText(many(501)), at: '', says: 'first 500 findings' }],
}
