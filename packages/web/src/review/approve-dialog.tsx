import type { Submission } from '@plexica/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../app/session.ts'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './approve-dialog.module.css'
import { nameOf } from './submission-name.ts'

/** Asks once more, with the digests that are meant, and approves one after the other. One that fails keeps none back. */
export function ApproveDialog({ submissions, onClose }: { submissions: readonly Submission[]; onClose: () => void }) {
  const { review: texts, design } = useTexts()
  const say = useToast()
  const queries = useQueryClient()
  const { session } = useSession()
  const [done, setDone] = useState<Readonly<Record<string, unknown>>>({})
  const left = submissions.filter(({ id }) => done[id] !== true)
  const approve = useMutation({
    mutationFn: async () => {
      const results: Record<string, unknown> = {}
      for (const submission of left) {
        const { id } = submission
        try {
          const { decidedBy } = await registry.approveSubmission({ params: { submissionId: id } })
          const isOthers = decidedBy !== null && decidedBy !== session?.subject
          say(isOthers ? texts.approvedBy(nameOf(submission), decidedBy) : texts.approved(nameOf(submission)))
          results[id] = true
        } catch (error) {
          results[id] = error
        }
        setDone((before) => ({ ...before, ...results }))
      }
      return left.every(({ id }) => results[id] === true)
    },
    onSuccess: (isWhole) => isWhole && onClose(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['review'] }),
  })
  const [first] = submissions
  const isOne = submissions.length === 1 && first !== undefined
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={isOne ? texts.approveTitle(nameOf(first)) : texts.approveManyTitle(submissions.length)}
      lead={texts.approveLead}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {design.cancel}
          </Button>
          <Button kind="primary" busy={approve.isPending} onClick={() => approve.mutate()} autoFocus>
            {texts.approveBytes}
          </Button>
        </>
      }
    >
      <ul className={`plain-list ${styles.list}`}>
        {submissions.map((submission) => {
          const result = done[submission.id]
          return (
            <li key={submission.id}>
              <p className={styles.name}>
                {nameOf(submission)} {result === true && <Badge tone="good">{texts.states.approved}</Badge>}
              </p>
              <p className={styles.digest}>{submission.digest}</p>
              {result !== undefined && result !== true && <Problem error={result} />}
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
