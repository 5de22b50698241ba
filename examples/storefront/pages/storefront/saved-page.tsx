import { usePageConfig } from '@plexica/host/page'
import type { Data } from '@puckeditor/core'
import { Render } from '@puckeditor/core/rsc'
import { useEffect, useState } from 'react'
import { shopBlocks } from '../blocks/shop-blocks.tsx'
import type { ShopApi } from '../shop-api.ts'

/** The page that was saved in the editor. Blocks of plugins that are gone show nothing, and are there when they return. */
export function SavedPage({ shop }: { shop: ShopApi }) {
  const [page, setPage] = useState<Data>()
  const [failed, setFailed] = useState(false)
  const config = usePageConfig(shopBlocks, page)

  useEffect(() => {
    shop.get('/api/page').then(
      (saved) => setPage(saved as Data),
      () => setFailed(true),
    )
  }, [shop])

  if (failed) return <p role="alert">The page cannot be shown at the moment.</p>
  if (!page) return <div className="saved-page-loading" role="status" aria-label="Loading" />
  return <Render config={config} data={page} />
}
