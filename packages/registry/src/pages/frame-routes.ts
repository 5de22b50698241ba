import type { Manifest } from '@plexica/manifest-schema'
import { bundleAddress } from '../bundles/bundle-urls.ts'
import { readAddress, requireBundle } from '../bundles/require-bundle.ts'
import { byteReply } from '../http/byte-reply.ts'
import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { viewerOf } from '../plugins/visibility.ts'
import type { BundleRow } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { etagOf, type FramePage, findFramePage, frameAt } from './frame-page.ts'
import { publishedPolicy } from './frame-policy.ts'
import type { PageFiles } from './page-files.ts'
import { frameHeaders } from './page-headers.ts'

/** The page in which a plugin's components run, under a policy that follows from the version's manifest. */
export function frameHandlers(pages: PageFiles | undefined) {
  const page = findFramePage(pages)

  const getPrivateFramePage: Handler<'getPrivateFramePage'> = async ({ world, params, headers }) => {
    const bundle = await requireBundle(world.db, params, readAddress(world, params).viewer)
    const folder = bundleAddress(params.pluginId, params.version, '', `~${params.signed}/`)
    return frameReply(world, requirePage(page), { bundle, folder, request: headers })
  }
  const getFramePage: Handler<'getFramePage'> = async ({ world, params, headers, principal }) => {
    const bundle = await requireBundle(world.db, params, viewerOf(principal))
    const folder = bundleAddress(params.pluginId, params.version, '')
    return frameReply(world, requirePage(page), { bundle, folder, request: headers })
  }
  return { getPrivateFramePage, getFramePage }
}

function requirePage(page: FramePage | undefined): FramePage {
  if (!page) throw new RegistryError('frame_unavailable')
  return page
}

interface Asked {
  readonly bundle: BundleRow
  /** Path of the version's files, below the registry's address or its CDN's. */
  readonly folder: string
  readonly request: Parameters<typeof byteReply>[0]
}

/** Asked for anew each time: the page names scripts that the next build of the registry's pages may not have. */
function frameReply({ config, publicUrl }: World, page: FramePage, { bundle, folder, request }: Asked) {
  const { network = [] }: Manifest = JSON.parse(bundle.manifest)
  const { html, scripts } = frameAt(page, publicUrl())
  const policy = publishedPolicy({ scripts, network, folder: (config.cdnUrl ?? publicUrl()) + folder })
  const headers = {
    ...frameHeaders(policy),
    ...(bundle.visibility === 'public' ? {} : { 'cache-control': 'private, no-cache' }),
  }
  const bytes = Buffer.from(html)
  return byteReply(request, {
    etag: etagOf(html, JSON.stringify(policy)),
    bytes: bytes.length,
    headers,
    open: async (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  })
}
