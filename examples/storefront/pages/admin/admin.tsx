import { useEffect, useState } from 'react'
import type { Order } from '../../shop/orders.ts'
import { PageFrame } from '../page-frame.tsx'
import { PluginPlace } from '../plugin-place.tsx'
import type { PageProps } from '../start-page.tsx'
import { CustomerPanel } from './customer-panel.tsx'
import { LatestOrders } from './latest-orders.tsx'
import { PluginList } from './plugin-list.tsx'

/** What the people of the shop see: widgets of plugins, orders with their customers, and how the plugins stand. */
export function Admin({ settings: { registry, tenant }, shop }: PageProps) {
  const [orders, setOrders] = useState<readonly Order[]>([])
  const [chosen, choose] = useState<Order>()

  useEffect(() => {
    shop.get('/api/orders').then(
      (answer) => setOrders(answer as Order[]),
      () => setOrders([]),
    )
  }, [shop])

  return (
    <PageFrame here="/admin" tenant={tenant}>
      <main>
        <header className="section-head">
          <p className="eyebrow">Back office</p>
          <h1>Fair winds this week</h1>
        </header>
        <div className="admin-grid">
          <div className="admin-wide">
            <PluginPlace name="dashboard.widgets" />
            <PluginList registry={registry} tenant={tenant} />
          </div>
          <div className="admin-side">
            <LatestOrders orders={orders} chosen={chosen ?? orders[0]} onChoose={choose} />
            <CustomerPanel customer={(chosen ?? orders[0])?.customer} />
          </div>
        </div>
      </main>
    </PageFrame>
  )
}
