import { expect, test } from 'vitest'
import { followedPalette } from './follow-config.tsx'

const sales = { title: 'Sales', components: ['sales/Chart'] }

test('a group comes, changes and goes with its plugin, open or closed as it was', () => {
  const palette = { layout: { title: 'Layout' }, 'plexica:sales': { ...sales, expanded: false } }
  const more = { ...sales, components: ['sales/Chart', 'sales/Table'] }
  expect(followedPalette({ layout: {}, 'plexica:sales': more, 'plexica:new': sales }, palette)).toEqual({
    layout: { title: 'Layout' },
    'plexica:sales': { ...more, expanded: false },
    'plexica:new': sales,
  })
  expect(followedPalette({ layout: {} }, palette)).toEqual({ layout: { title: 'Layout' } })
})

test('groups of the platform stay as it has set them', () => {
  const own = { title: 'Set while the editor is open', components: ['Box'], visible: false }
  const palette = { layout: own, extra: { title: 'Not in the config' }, 'plexica:sales': sales }
  expect(followedPalette({ layout: { title: 'Layout' }, 'plexica:sales': { ...sales } }, palette)).toBe(palette)
})
