import type { Config } from '@puckeditor/core'
import type { ReactNode } from 'react'
import { columns } from './columns.tsx'
import { goods } from './goods.tsx'
import { hero } from './hero.tsx'
import { words } from './words.tsx'

/** The shop's own blocks. Those of plugins are added by `usePuckConfig`, in the editor and on the page alike. */
export const shopBlocks: Config = {
  root: { fields: {}, render: ({ children }: { children?: ReactNode }) => <div className="page-body">{children}</div> },
  components: { Hero: hero, Goods: goods, Words: words, Columns: columns } as Config['components'],
  categories: { shop: { title: 'Harbor & Pine', components: ['Hero', 'Goods', 'Words', 'Columns'] } },
}
