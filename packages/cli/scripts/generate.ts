import { answerSchemas } from './answers.ts'

/** The files of this package that are made from the shapes of its answers: path in the package → content. */
export function generatedFiles(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answerSchemas()).map(([command, schema]) => [
      `schemas/${command.replace(' ', '-')}.schema.json`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  )
}
