import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Contribution } from './contributions.ts'
import type { MountedFrame } from './frame/index.ts'
import type { FrameSource } from './frame.ts'
import type { Host } from './host.ts'
import { HostError, messageOf } from './host-errors.ts'
import { loadFrames } from './load-frames.ts'

interface FramedComponentProps {
  host: Host
  contribution: Contribution
  frame: FrameSource
  props: Readonly<Record<string, unknown>> | undefined
  /** Shown until the component stands in its frame. */
  fallback: ReactNode
}

/** A component that runs in a frame of its own. Why it cannot is thrown to the boundary around it. */
export function FramedComponent({ host, contribution, frame, props, fallback }: FramedComponentProps) {
  const place = useRef<HTMLDivElement>(null)
  const mounted = useRef<MountedFrame>(undefined)
  const [stands, setStands] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const { url, entry, exportName } = frame
  const latest = useRef({ contribution, frame, props: {} })
  latest.current = { contribution, frame, props: { ...contribution.defaults, ...props } }

  useEffect(() => mounted.current?.update(latest.current.props, contribution.plexica))

  // Another configuration is given to the frame that stands; another version gets another frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what decides about the frame
  useEffect(() => {
    let left = false
    setStands(false)
    loadFrames()
      .then((mountFrame) => {
        if (left || !place.current) return
        const { contribution, frame, props } = latest.current
        mounted.current = mountFrame(place.current, {
          source: frame,
          props,
          plexica: contribution.plexica,
          title: `${contribution.title}, ${contribution.pluginName}`,
          onFailed: setFailure,
          onRendered(milliseconds) {
            setStands(true)
            host.measured(latest.current.contribution, milliseconds)
          },
        })
      })
      .catch((thrown) => {
        setFailure(
          new HostError('frame_unreachable', `The script for frames cannot be had: ${messageOf(thrown)}`, {
            cause: thrown,
          }),
        )
      })
    return () => {
      left = true
      mounted.current?.unmount()
      mounted.current = undefined
    }
  }, [host, url, entry, exportName])

  if (failure !== undefined) throw failure
  return (
    <>
      <div ref={place} />
      {!stands && fallback}
    </>
  )
}
