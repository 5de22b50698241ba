import { useQueryClient } from '@tanstack/react-query'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { useTexts } from '../language/language.tsx'
import { sessionQuery } from './session.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Over whatever was being done when the session ended: nothing that was typed goes away. */
export default function LapsedDialog() {
  const texts = useTexts().app
  const queries = useQueryClient()
  const lookOnly = () => queries.setQueryData(sessionQuery.queryKey, { session: null })
  return (
    <Dialog
      open
      onClose={lookOnly}
      title={texts.lapsedTitle}
      lead={texts.lapsedLead}
      footer={
        <Button kind="quiet" onClick={lookOnly}>
          {texts.lookOnly}
        </Button>
      }
    >
      <SignInForm onDone={() => {}} />
    </Dialog>
  )
}
