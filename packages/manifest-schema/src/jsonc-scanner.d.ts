/** The scanner alone: the main entry also loads a formatter, and its CommonJS form breaks in bundles for Node. */
declare module 'jsonc-parser/lib/umd/impl/scanner.js' {
  export { createScanner } from 'jsonc-parser'
}
