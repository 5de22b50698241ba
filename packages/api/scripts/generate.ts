import { endpointsOf } from '../src/endpoints.ts'
import { openApiDocument } from '../src/openapi.ts'
import { routes } from '../src/routes.ts'

/** The files of this package that are made from its route rows: path in the package → content. */
export function generatedFiles(): Record<string, string> {
  const rows = Object.entries(endpointsOf(routes)).map(([name, row]) => `  ${name}: ${JSON.stringify(row)},`)
  return {
    'src/endpoints.generated.ts': [
      "import type { Endpoint } from './endpoints.ts'",
      "import type { Operation } from './routes.ts'",
      '',
      '/** Made from the route rows by `pnpm generate`. */',
      'export const endpoints: Readonly<Record<Operation, Endpoint>> = {',
      ...rows,
      '}',
      '',
    ].join('\n'),
    'openapi.json': `${JSON.stringify(openApiDocument(), null, 2)}\n`,
  }
}
