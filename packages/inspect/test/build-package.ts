import { crc32, deflateSync } from 'node:zlib'
import type { Manifest } from '@plexica/manifest-schema/validate'
import { buildArchive, type Content } from './build-archive.ts'

/** Files of a package by path; `undefined` leaves one out. */
export type PackageFiles = Readonly<Record<string, Content | undefined>>

/** What differs from the package as it stands. */
export interface PackageOverrides {
  /** Keys of the manifest; `undefined` leaves one out. */
  manifest?: { readonly [Key in keyof Manifest]?: Manifest[Key] | undefined }
  files?: PackageFiles
}

/** A `.tar.gz` of the files in the order of their bytes, as the packer of the command line writes it. */
export function buildPackage(files: PackageFiles, overrides: PackageOverrides = {}): Uint8Array {
  const merged: Record<string, Content | undefined> = { ...files, ...overrides.files }
  const written = merged['manifest.json']
  if (overrides.manifest !== undefined && written !== undefined) {
    const manifest = { ...JSON.parse(Buffer.from(written).toString()), ...overrides.manifest }
    merged['manifest.json'] = JSON.stringify(manifest, undefined, 2)
  }
  const entries = Object.entries(merged).flatMap(([path, data]) => (data === undefined ? [] : [{ path, data }]))
  return buildArchive(entries.sort((a, b) => (a.path < b.path ? -1 : 1)))
}

/** A package without a single finding; its changelog follows the version of the manifest. */
export function goodPackage(overrides: PackageOverrides = {}): Uint8Array {
  return buildPackage(goodFiles(overrides.manifest?.version), overrides)
}

/** The manifest of the good package. */
export const goodManifest: Manifest = {
  id: 'greeting-card',
  name: 'Greeting card',
  version: '1.0.0',
  description: 'A card with a greeting for the visitor and the number of orders that are on their way.',
  category: 'content',
  tags: ['greeting', 'card'],
  author: { name: 'Example Works', email: 'plugins@example.com' },
  license: 'MIT',
  homepage: 'https://example.com/greeting-card',
  repository: 'https://git.example.com/greeting-card',
  icon: 'assets/icon.svg',
  screenshots: [{ path: 'assets/card.png', alt: 'The card with a greeting above the number of orders' }],
  engines: { plexica: '^1.0.0' },
  requiredPermissions: ['orders:read'],
  network: ['api.example.com'],
  frontend: { entry: 'dist/bundle.js' },
  backend: { entry: 'dist/backend.mjs' },
  components: [
    {
      name: 'GreetingCard',
      title: 'Greeting card',
      export: 'GreetingCard',
      extensionPoint: 'puck',
      fields: { text: { type: 'text', label: 'Greeting', default: 'Hello' } },
    },
  ],
  configSchema: {
    type: 'object',
    properties: {
      shop: { type: 'string', title: 'Shop', description: 'The name in the greeting.', default: 'our shop' },
    },
  },
  setup: 'SETUP.md',
}

/** Every file of the good package. */
export function goodFiles(version = goodManifest.version): Record<string, Content> {
  return {
    'manifest.json': JSON.stringify({ ...goodManifest, version }, undefined, 2),
    'README.md': readme,
    'CHANGELOG.md': `# Changelog\n\n## ${version}\n\n- The card counts orders that are on their way.\n`,
    'SETUP.md': '# Setup\n\nDrag the card onto a page and write your greeting.\n',
    LICENSE: 'MIT License\n\nCopyright Example Works\n',
    'sbom.cdx.json': JSON.stringify(sbom(version), undefined, 2),
    'assets/icon.svg': icon,
    'assets/card.png': picture(1280, 800),
    'dist/bundle.js': bundle,
    'dist/chunks/greeting.js': 'export const greeting=(shop)=>`Welcome to ${shop}`;\n',
    'dist/bundle.js.map': JSON.stringify({ version: 3, sources: ['../src/index.tsx'], names: [], mappings: 'AAAA' }),
    'dist/backend.mjs': backend,
  }
}

const readme = `# Greeting card

A card for the page editor that greets the visitor and says how many orders are on their way. It needs one permission,
to read orders, and contacts one host, the service that counts parcels.

## Use

1. Install the plugin and give it the name of your shop.
2. Open a page in the editor and drag the card onto it.
3. Write your own greeting in the field beside the page.

## Support

Write to plugins@example.com; you get an answer on the next working day.
`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64"><title>Greeting card</title><rect width="64" height="64" rx="12" fill="#0f766e"/><path d="M16 24h32v6H16z" fill="#fff"/></svg>
`

const bundle = `import{useEffect,useState}from"react";import{jsx}from"react/jsx-runtime";import{greeting}from"./chunks/greeting.js";
function GreetingCard({text,shop,host}){const[count,setCount]=useState(0);useEffect(()=>{fetch("https://api.example.com/parcels").then(answer=>answer.json()).then(found=>setCount(found.length))},[]);return jsx("p",{children:\`\${text??greeting(shop)}: \${count}\`})}
export{GreetingCard};
`

const backend = `export async function orders(host){return host.request("orders:read")}
`

const sbom = (version: string) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', name: goodManifest.id, version } },
  components: [
    {
      type: 'library',
      name: 'clsx',
      version: '2.1.1',
      purl: 'pkg:npm/clsx@2.1.1',
      licenses: [{ license: { id: 'MIT' } }],
    },
  ],
})

/** A PNG of one colour (W3C PNG: signature, IHDR, IDAT, IEND), so that its size can be read from its header. */
function picture(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), body.length + 4)
    return framed
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
