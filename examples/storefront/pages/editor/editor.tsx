import { usePuckConfig } from '@plexica/host/puck'
import { type Data, Puck } from '@puckeditor/core'
import { useEffect, useState } from 'react'
import { shopBlocks } from '../blocks/shop-blocks.tsx'
import { PageFrame } from '../page-frame.tsx'
import type { PageProps } from '../start-page.tsx'

/** Puck's own button is not one to the keyboard; ours stands in the bar above. */
const overrides = { headerActions: () => <></> }

/** The page editor: the shop's own blocks and those of its plugins, which come and go while it is open. */
export function Editor({ settings: { tenant }, shop }: PageProps) {
  const [opened, setOpened] = useState<Data>()
  const [written, setWritten] = useState<Data>()
  const [word, setWord] = useState('')
  const config = usePuckConfig(shopBlocks, { data: opened })

  useEffect(() => {
    shop.get('/api/page').then(
      (page) => setOpened(page as Data),
      ({ message }) => setWord(message),
    )
  }, [shop])

  async function save() {
    setWord('Saving…')
    try {
      await shop.put('/api/page', written ?? opened)
      setWord('Saved')
    } catch (error) {
      setWord(`Not saved: ${error instanceof Error ? error.message : error}`)
    }
  }

  const actions = (
    <>
      <span className="editor-word" role="status">
        {word}
      </span>
      <button type="button" className="button editor-save" disabled={!opened} onClick={save}>
        Save
      </button>
    </>
  )
  return (
    <PageFrame here="/editor" tenant={tenant} actions={actions}>
      {opened && (
        <main className="editor">
          <h1 className="hidden">Page editor</h1>
          <Puck
            config={config}
            data={opened}
            overrides={overrides}
            headerTitle="The first page"
            headerPath="/"
            height="100%"
            onChange={(page) => {
              setWritten(page)
              setWord('')
            }}
          />
        </main>
      )}
    </PageFrame>
  )
}
