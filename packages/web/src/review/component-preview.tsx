import type { VersionDetail } from '@plexica/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Play, Square } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { SelectField } from '../design/field.tsx'
import { Problem } from '../design/problem.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './component-preview.module.css'
import { PreviewFrame } from './preview-frame.tsx'
import { configurationDefaults, fieldDefaults, mostScripts, type PreviewOrder, scriptsOf } from './preview-order.ts'
import { fileQuery } from './review-queries.ts'

/** Runs a component of the submitted bundle when a reviewer says so. */
export function ComponentPreview({ submissionId, version }: { submissionId: string; version: VersionDetail }) {
  const texts = useTexts().review
  const { number } = useFormat()
  const queries = useQueryClient()
  const { manifest } = version
  const components = manifest.components ?? []
  const [name, setName] = useState(components[0]?.name)
  const [run, setRun] = useState<{ number: number; order: PreviewOrder }>()
  const component = components.find((one) => one.name === name)

  const start = useMutation({
    mutationFn: async (): Promise<PreviewOrder | undefined> => {
      const entry = manifest.frontend?.entry
      if (!component || !entry) return undefined
      const files: Record<string, string> = {}
      // One after the other: each is read out of the package.
      for (const path of scriptsOf(version)) files[path] = await queries.fetchQuery(fileQuery(submissionId, path))
      const props = fieldDefaults(component.fields)
      return { files, entry, exportName: component.export, props, configuration: configurationDefaults(manifest) }
    },
    onSuccess: (order) => order && setRun((before) => ({ number: (before?.number ?? 0) + 1, order })),
  })

  if (!component) return <p>{texts.noComponents}</p>
  if (scriptsOf(version).length > mostScripts) return <p>{texts.tooManyScripts(number(mostScripts))}</p>
  return (
    <div className={styles.preview}>
      <p className={styles.lead}>{texts.previewLead}</p>
      <div className={styles.bar}>
        <SelectField
          label={texts.component}
          value={name}
          onChange={({ target }) => {
            setName(target.value)
            setRun(undefined)
          }}
        >
          {components.map(({ name: id, title, extensionPoint }) => (
            <option key={id} value={id}>
              {title ?? id} · {extensionPoint}
            </option>
          ))}
        </SelectField>
        <Button busy={start.isPending} onClick={() => start.mutate()} icon={<Play size={16} aria-hidden />}>
          {run ? texts.runAgain : texts.runPreview}
        </Button>
        {run && (
          <Button kind="quiet" onClick={() => setRun(undefined)} icon={<Square size={16} aria-hidden />}>
            {texts.stopPreview}
          </Button>
        )}
      </div>
      {start.error && <Problem error={start.error} />}
      {run && (
        <PreviewFrame
          key={run.number}
          order={run.order}
          title={texts.previewFrame(component.title ?? component.name)}
        />
      )}
    </div>
  )
}
