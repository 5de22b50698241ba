import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { shorten } from './visible-text.ts'

/** The parser's names for what it found; `#` stands for the text at that place. */
const syntaxWords: Readonly<Record<string, string>> = {
  InvalidSymbol: '# is neither a value nor a text in double quotes',
  InvalidNumberFormat: '# is not a number',
  PropertyNameExpected: '# stands where a key in double quotes is expected',
  ValueExpected: '# stands where a value is expected',
  ColonExpected: 'A `:` is missing before #',
  CommaExpected: 'A `,` is missing before #',
  CloseBraceExpected: 'A `}` is missing before #',
  CloseBracketExpected: 'A `]` is missing before #',
  EndOfFileExpected: '# stands after the end of the JSON value',
  UnexpectedEndOfComment: '# is a comment without an end',
  UnexpectedEndOfString: '# is a text without a closing `"`',
  UnexpectedEndOfNumber: '# is a number without an end',
  InvalidUnicode: '# has an escape that is not `\\u` and four hex digits',
  InvalidEscapeCharacter: '# has a `\\` before a character that cannot be escaped',
  InvalidCharacter: '# has a line end or control character that must be escaped',
}

/** The first thing that the tolerant parser stumbles over. */
export function syntaxError(text: string): { message: string; offset: number } {
  const errors: ParseError[] = []
  parseTree(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (text.trim() === '' || error === undefined) return { message: 'The file has no JSON value.', offset: 0 }
  const written = shorten(text.slice(error.offset, error.offset + Math.max(1, error.length)), 40).trim()
  const template = syntaxWords[printParseErrorCode(error.error)] ?? '# is not JSON'
  const message = template.replace('#', () => written || 'the end of the file')
  return { message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, offset: error.offset }
}
