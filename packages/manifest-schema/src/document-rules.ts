import type { RuleTable } from './finding.ts'
import { limits } from './limits.ts'

/** What may be wrong with any JSON file that Plexica reads. The codes get the name of the file before them. */
export const documentRules = {
  'too-large': {
    severity: 'error',
    summary: `The file is larger than ${limits.manifestBytes.max / 1024} KB. ${limits.manifestBytes.reason}`,
    fix: 'Move long texts into README.md, and pictures into `assets/`.',
  },
  'byte-order-mark': {
    severity: 'error',
    summary: 'The file starts with a byte order mark, which RFC 8259 forbids and many readers refuse.',
    fix: 'Save the file as UTF-8 without a byte order mark.',
  },
  'not-json': {
    severity: 'error',
    summary: 'The file is not JSON (RFC 8259). Only the first mistake is shown, the others often follow from it.',
    fix: 'Correct the text at this line; an editor with JSON support marks the place.',
  },
  comment: {
    severity: 'error',
    summary: 'The file has a comment, which JSON does not know.',
    fix: 'Remove the comment.',
  },
  'trailing-comma': {
    severity: 'error',
    summary: 'A comma stands before `}` or `]`, which JSON does not allow.',
    fix: 'Remove the comma.',
  },
  'too-deep': {
    severity: 'error',
    summary: `Objects and lists stand in each other more than ${limits.manifestDepth.max} levels deep. ${limits.manifestDepth.reason}`,
    fix: 'Remove the levels; nothing that is read stands so deep.',
  },
  'duplicate-key': {
    severity: 'error',
    summary: 'A key stands twice in one object, so that readers disagree about its value.',
    fix: 'Remove one of the two.',
  },
  'text-too-long': {
    severity: 'error',
    summary: `A text has more than ${limits.textCharacters.max} characters. ${limits.textCharacters.reason}`,
    fix: 'Shorten the text, or move it into README.md.',
  },
  'hidden-character': {
    severity: 'error',
    summary:
      'A text has a character that people do not see: a control character, half a character, or one that reorders.',
    fix: 'Type the text again without it.',
  },
  'missing-key': {
    severity: 'error',
    summary: 'A key that every file needs is missing.',
    fix: 'Add the key with its value.',
  },
  'unknown-key': {
    severity: 'error',
    summary: 'A key is not known, so that nothing would happen with it.',
    fix: 'Correct its name, or remove it.',
  },
  'wrong-type': {
    severity: 'error',
    summary: 'A value has another type than its key asks for.',
    fix: 'Write a value of that type.',
  },
  'text-length': {
    severity: 'error',
    summary: 'A text is shorter or longer than its key allows.',
    fix: 'Write a text of the allowed length.',
  },
  'text-form': {
    severity: 'error',
    summary: 'A text does not have the form that its key asks for.',
    fix: 'Write it in that form.',
  },
  'more-findings': {
    severity: 'info',
    summary: `There are more than ${limits.findings.max} findings. ${limits.findings.reason}`,
    fix: 'Correct the shown ones and run the check again.',
  },
} as const satisfies RuleTable
export type DocumentCode = keyof typeof documentRules
