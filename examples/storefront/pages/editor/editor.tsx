import { usePuckConfig } from '@plexica/host/puck'
import { type Data, Puck } from '@puckeditor/core'
import { useEffect, useState } from 'react'
import { shopBlocks } from '../blocks/shop-blocks.tsx'
import { PageFrame } from '../page-frame.tsx'
import type { PageProps } from '../start-page.tsx'

/** The page editor: the shop's own blocks and those of its plugins, which come and go while it is open. */
export function Editor({ settings: { tenant }, shop }: PageProps) {
  const [page, setPage] = useState<Data>()
  const [word, setWord] = useState('')
  const config = usePuckConfig(shopBlocks, { data: page })

  useEffect(() => {
    shop.get('/api/page').then(
      (saved) => setPage(saved as Data),
      ({ message }) => setWord(message),
    )
  }, [shop])

  async function save(next: Data) {
    setWord('Saving…')
    try {
      await shop.put('/api/page', next)
      setWord('Saved. Visitors see it from now on.')
    } catch (error) {
      setWord(`Not saved: ${error instanceof Error ? error.message : error}`)
    }
  }

  return (
    <PageFrame
      here="/editor"
      tenant={tenant}
      actions={
        <span className="editor-word" role="status">
          {word}
        </span>
      }
    >
      {page && (
        <div className="editor">
          <Puck
            config={config}
            data={page}
            headerTitle="The first page"
            headerPath="/"
            onChange={() => setWord('')}
            onPublish={save}
          />
        </div>
      )}
    </PageFrame>
  )
}
