import type { ComponentConfig, Slot } from '@puckeditor/core'

export interface ColumnsProps {
  left: Slot
  right: Slot
}

/** Two places beside each other, for blocks of any kind. */
export const columns: ComponentConfig<ColumnsProps> = {
  label: 'Two columns',
  fields: { left: { type: 'slot' }, right: { type: 'slot' } },
  defaultProps: { left: [], right: [] },
  render: ({ left: Left, right: Right }) => (
    <section className="columns">
      <Left />
      <Right />
    </section>
  ),
}
