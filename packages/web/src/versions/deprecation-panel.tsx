import type { PluginDetail } from '@plexica/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { DeprecateDialog } from './deprecate-dialog.tsx'
import styles from './plugin-version-manager.module.css'

/** Whether a plugin is advised against, and the way to say so or to take it back. */
export function DeprecationPanel({ plugin }: { plugin: PluginDetail }) {
  const texts = useTexts().versions
  const toast = useToast()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const { id, deprecation, publishedAt } = plugin
  const takeBack = useMutation({
    mutationFn: () => registry.undeprecatePlugin({ params: { pluginId: id } }),
    onSuccess: async () => {
      toast(texts.undeprecated)
      await queries.invalidateQueries({ queryKey: ['plugin', id] })
      await queries.invalidateQueries({ queryKey: ['plugins'] })
    },
  })
  if (!deprecation && publishedAt === null) return null
  return (
    <>
      {deprecation && (
        <Notice tone="warn" title={texts.deprecated}>
          <p dir="auto">{deprecation.reason}</p>
          {deprecation.successor && (
            <p>
              {texts.deprecatedInstead}{' '}
              <Link to="/plugins/$pluginId" params={{ pluginId: deprecation.successor }}>
                {deprecation.successor}
              </Link>
            </p>
          )}
        </Notice>
      )}
      <div className={styles.end}>
        {deprecation && (
          <Button small busy={takeBack.isPending} onClick={() => takeBack.mutate()}>
            {texts.undeprecate}
          </Button>
        )}
        <Button small onClick={() => setAsked(true)}>
          {deprecation ? texts.changeDeprecation : texts.deprecate}
        </Button>
      </div>
      {takeBack.error && <Problem error={takeBack.error} />}
      {asked && <DeprecateDialog plugin={plugin} onClose={() => setAsked(false)} />}
    </>
  )
}
