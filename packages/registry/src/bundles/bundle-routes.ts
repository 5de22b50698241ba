import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'

const getBundleFile: Handler<'getBundleFile'> = async () => {
  throw new RegistryError('file_not_found')
}

export const bundleHandlers = { getBundleFile }
