import type { Visibility } from '@plexica/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { clientSending, packageOf } from '../registry/send-package.ts'

export type PublishStep = 'choose' | 'check' | 'configure' | 'submitted'

/** What is chosen beside the package. */
export interface PublishChoices {
  /** Undefined is what the plugin is, and public for a new one. */
  readonly visibility: Visibility | undefined
  readonly channel: string
}

/** The file can no longer be read as it was when it was chosen. */
export class FileGone extends Error {}

/**
 * One publish from the file to its submission. Whatever is refused keeps the file and the choices; only another file or
 * `restart` gives them up.
 */
export function usePublishing() {
  const queries = useQueryClient()
  const [step, setStep] = useState<PublishStep>('choose')
  const [file, setFile] = useState<File>()
  const [choices, setChoices] = useState<PublishChoices>({ visibility: undefined, channel: '' })
  const [progress, setProgress] = useState(0)
  const stopper = useRef<AbortController>(undefined)

  const sending = async (sent: File) => {
    stopper.current?.abort()
    stopper.current = new AbortController()
    setProgress(0)
    await requireReadable(sent)
    return { client: clientSending(sent, setProgress), body: packageOf(sent), signal: stopper.current.signal }
  }

  const check = useMutation({
    mutationFn: async (sent: File) => {
      const { client, ...call } = await sending(sent)
      return client.preflight(call)
    },
  })
  const publish = useMutation({
    mutationFn: async ({ sent, isNew }: { sent: File; isNew: boolean }) => {
      const { client, ...call } = await sending(sent)
      const { visibility, channel } = choices
      const query = { ...(isNew && visibility ? { visibility } : {}), ...(channel ? { tag: channel } : {}) }
      return client.publishPlugin({ ...call, query })
    },
    onSuccess: async ({ id }) => {
      setStep('submitted')
      for (const queryKey of [['plugins'], ['plugin', id], ['review']]) await queries.invalidateQueries({ queryKey })
    },
  })

  const stop = () => {
    stopper.current?.abort()
    if (check.isPending) check.reset()
    if (publish.isPending) publish.reset()
  }
  return {
    step,
    file,
    choices,
    setChoices,
    /** Of what is being sent, 0 to 1. */
    progress,
    check,
    publish,
    goTo: setStep,
    choose(chosen: File) {
      setFile(chosen)
      publish.reset()
      check.mutate(chosen)
      setStep('check')
    },
    checkAgain: () => file && check.mutate(file),
    /** A plugin that is there stays as public as it is. */
    submit: (isNew: boolean) => file && publish.mutate({ sent: file, isNew }),
    /** Ends what is under way, and keeps the file. */
    stop,
    restart() {
      stop()
      setFile(undefined)
      setChoices({ visibility: undefined, channel: '' })
      check.reset()
      publish.reset()
      setStep('choose')
    },
  }
}

export type Publishing = ReturnType<typeof usePublishing>

async function requireReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch (cause) {
    throw new FileGone(file.name, { cause })
  }
}
