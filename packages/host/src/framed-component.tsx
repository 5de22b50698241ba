import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Contribution } from './contributions.ts'
import type { FrameSource } from './frame.ts'
import type { Host } from './host.ts'
import { HostError, messageOf } from './host-errors.ts'
import { loadFrames, type MountedFrame } from './mount-frame.ts'

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
  const given = { ...contribution.defaults, ...props }
  const latest = useRef(given)

  useEffect(() => {
    latest.current = given
    mounted.current?.update(given)
  })

  useEffect(() => {
    const { title, pluginName, plexica } = contribution
    let left = false
    setStands(false)
    loadFrames()
      .then((mountFrame) => {
        if (left || !place.current) return
        mounted.current = mountFrame(place.current, {
          source: frame,
          props: latest.current,
          plexica,
          title: `${title}, ${pluginName}`,
          onFailed: setFailure,
          onRendered(milliseconds) {
            setStands(true)
            host.measured(contribution, milliseconds)
          },
        })
      })
      .catch((thrown) => {
        setFailure(
          new HostError('sandbox_unavailable', `Frames cannot be had: ${messageOf(thrown)}`, { cause: thrown }),
        )
      })
    return () => {
      left = true
      mounted.current?.unmount()
      mounted.current = undefined
    }
  }, [host, contribution, frame])

  if (failure !== undefined) throw failure
  return (
    <>
      <div ref={place} />
      {!stands && fallback}
    </>
  )
}
