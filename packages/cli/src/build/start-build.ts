import { pathProblem } from '@plexica/manifest-schema/validate'
