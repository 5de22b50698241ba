import { openInside } from './open-inside.ts'
import { runInside } from './run-inside.tsx'

// One script for both pages of a sandbox: the one that is loaded, and the one that it makes inside of itself.
if (window.location.href === 'about:srcdoc') runInside()
else openInside()
