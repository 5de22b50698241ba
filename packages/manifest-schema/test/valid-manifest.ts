import type { Manifest } from '../src/index.ts'

/** A manifest with something under every key, as its author writes it. */
export const validManifest: Manifest = {
  $schema: '../manifest.schema.json',
  id: 'order-desk',
  name: 'Order Desk',
  version: '1.2.0',
  description: 'Shows the open orders of the day and lets people answer them.',
  category: 'commerce',
  tags: ['orders', 'dashboard'],
  author: { name: 'Ada Example', email: 'ada@example.com', url: 'https://example.com' },
  license: 'MIT',
  homepage: 'https://example.com/order-desk',
  repository: 'https://git.example.com/order-desk',
  icon: 'assets/icon.svg',
  screenshots: [{ path: 'assets/day.png', alt: 'The orders of one day' }],
  demoUrl: 'https://demo.example.com',
  pricing: { type: 'paid', amount: 9.5, currency: 'EUR', interval: 'month' },
  engines: { plexica: '^2.1.0' },
  dependencies: { crm: '>=1.4.0 <3.0.0' },
  requiredPermissions: ['orders:read', 'orders:write'],
  network: ['api.example.com', '*.cdn.example.com', 'localhost'],
  shared: { react: '>=18', '@acme/charts': '^2.1.0 || ^3.0.0' },
  frontend: { entry: 'src/index.tsx', sandbox: false },
  backend: {
    entry: 'src/backend.ts',
    routes: [
      { method: 'GET', path: '/orders/:id', permission: 'orders:read' },
      { method: 'PUT', path: '/orders/:id', permission: 'orders:write' },
      { method: 'GET', path: '/' },
    ],
    hooks: ['order.paid'],
  },
  components: [
    { name: 'OrderList', title: 'Open orders', export: 'OrderList', extensionPoint: 'dashboard.widgets' },
    {
      name: 'OrderBanner',
      export: 'default',
      extensionPoint: 'puck',
      fields: {
        title: { type: 'text', label: 'Title', default: 'Today', formerly: ['heading', 'caption'] },
        text: { type: 'textarea', default: '' },
        count: { type: 'number', min: 1, max: 10, step: 1, default: 3 },
        size: {
          type: 'select',
          options: [
            { label: 'Small', value: 's' },
            { label: 'Large', value: 'l' },
          ],
          default: 's',
        },
        sorted: {
          type: 'radio',
          options: [
            { label: 'Yes', value: true },
            { label: 'No', value: false },
          ],
        },
        framed: { type: 'boolean', default: false },
        tint: { type: 'color', default: '#1a2b3c' },
        picture: { type: 'image', default: 'assets/day.png' },
        links: { type: 'array', fields: { label: { type: 'text' } }, default: [{ label: 'Home' }] },
        frame: { type: 'object', fields: { width: { type: 'number', max: 9 } }, default: { width: 2 } },
        below: { type: 'slot', label: 'Below' },
        columns: { type: 'array', fields: { content: { type: 'slot', formerly: ['title'] } } },
      },
      removedFields: ['speed'],
    },
  ],
  configSchema: {
    type: 'object',
    title: 'Order desk',
    properties: {
      shop: { type: 'string', title: 'Shop', pattern: '^[a-z-]+$', maxLength: 60, default: 'main' },
      token: { type: 'string', secret: true, minLength: 8 },
      hours: { type: 'integer', minimum: 1, maximum: 24, enum: [8, 12, 24], default: 8 },
      ratio: { type: 'number', default: 0.5 },
      since: { type: 'string', format: 'date', default: '2026-02-28' },
      alerts: { type: 'boolean', default: true },
      people: {
        type: 'array',
        items: { type: 'string', format: 'email' },
        uniqueItems: true,
        default: ['a@example.com'],
      },
      limits: {
        type: 'object',
        properties: { perDay: { type: 'integer', minimum: 0 } },
        required: ['perDay'],
        additionalProperties: false,
      },
    },
    required: ['shop'],
    additionalProperties: false,
  },
  setup: 'SETUP.md',
  tour: [{ title: 'Orders', text: 'They are here.' }],
}

/** The valid manifest with other keys, on many lines; `undefined` removes a key. */
export function manifestText(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...validManifest, ...changes }, null, 2)
}

/** The valid manifest with one component in the page editor that has these fields. */
export function withFields(fields: unknown): string {
  return manifestText({ components: [{ name: 'Box', export: 'Box', extensionPoint: 'puck', fields }] })
}

/** The valid manifest with a configuration of these properties. */
export function withConfig(properties: unknown, rest: Record<string, unknown> = {}): string {
  return manifestText({ configSchema: { type: 'object', properties, ...rest } })
}
