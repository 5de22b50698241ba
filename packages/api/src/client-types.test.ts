import { expectTypeOf, test } from 'vitest'
import type { Client, PluginDetail, PublishAnswer } from './index.ts'

test('the client is typed from the route rows', () => {
  expectTypeOf<Client['getPlugin']>().parameter(0).toExtend<{ params: { pluginId: string } }>()
  expectTypeOf<Client['getPlugin']>().returns.resolves.toEqualTypeOf<PluginDetail>()
  expectTypeOf<Client['publishPlugin']>().returns.resolves.toEqualTypeOf<PublishAnswer>()
  expectTypeOf<Client['getPackage']>().returns.resolves.toEqualTypeOf<Response>()
})
