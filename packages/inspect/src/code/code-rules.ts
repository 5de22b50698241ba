import { type RuleTable, sharedModules } from '@plexica/manifest-schema/validate'

/**
 * What a script may not do, or what a reviewer must know of. An `error` is what lets code in that nobody has reviewed,
 * or what can never work; a `warning` is for the eye of the reviewer; an `info` is what ordinary libraries do too.
 */
export const codeRules = {
  'code-unparsable': {
    severity: 'error',
    summary: 'The script is not a valid ECMAScript module: neither a browser nor this inspection can read it.',
    fix: 'Build the plugin again; the bundle has to be an ECMAScript module in JavaScript.',
  },
  'code-too-deep': {
    severity: 'error',
    summary: 'The script is nested so deeply that it cannot be inspected. No bundler writes such code.',
    fix: 'Find the generated expression that nests thousands of levels and write it as data.',
  },
  'code-eval': {
    severity: 'error',
    summary: '`eval`, called or passed on under any name, runs text that no reviewer has seen.',
    fix: 'Use `JSON.parse` for data and plain functions for behaviour; replace a library that needs `eval`.',
  },
  'code-function-constructor': {
    severity: 'error',
    summary: '`Function(…)`, under whatever name it was reached, runs text that no reviewer has seen.',
    fix: 'Write the function out; of a large library import only the parts that are used.',
  },
  'code-function-literal': {
    severity: 'warning',
    summary:
      '`Function` with one of a few fixed texts (`return this`, an empty body): older libraries find the global object so.',
    fix: 'Nothing, when it comes from a library; in your own code use `globalThis`.',
  },
  'code-function-generator': {
    severity: 'warning',
    summary:
      'A known library makes functions from its own text (the schema compiler of zod, function-bind, get-intrinsic), recognised by its exact form.',
    fix: 'Nothing, when it is the library; a release without it, or `jitless` in zod, makes the review shorter.',
  },
  'code-constructor-call': {
    severity: 'warning',
    summary:
      'A `.constructor` is called with a text, or a class extends `Function`: on a function this runs the text as code.',
    fix: 'Name the class instead of reading `.constructor`.',
  },
  'code-string-timer': {
    severity: 'error',
    summary: 'A timer with a text instead of a function runs that text as code.',
    fix: 'Pass a function to `setTimeout` or `setInterval`.',
  },
  'code-remote-import': {
    severity: 'error',
    summary: 'A module is imported from an address outside the package: what it holds can change after the approval.',
    fix: 'Install the module and let the build bundle it.',
  },
  'code-dynamic-import': {
    severity: 'error',
    summary: '`import()` of a path that is only known at run time can load code that is not in the package.',
    fix: 'Write the path as a literal; for several modules write a table of functions with one literal `import()` each.',
  },
  'code-partial-import': {
    severity: 'warning',
    summary: '`import()` of a path of which only the beginning is known, inside the registry that served the bundle.',
    fix: 'Write a table of functions with one literal `import()` each.',
  },
  'code-node-builtin': {
    severity: 'error',
    summary: 'A bundle for the browser uses a module or a function of Node, which does not exist there.',
    fix: 'Use what browsers have, or move the code to the backend entry.',
  },
  'code-require': {
    severity: 'error',
    summary: 'A bundle for the browser calls `require`, which does not exist there.',
    fix: 'Bundle the module: import it instead of requiring it.',
  },
  'code-unshared-import': {
    severity: 'error',
    summary: `A bundle imports a module that is neither in the package nor shared by the host page: ${sharedModules.join(', ')}, and what the manifest names in \`shared\`.`,
    fix: 'Let the build bundle the module, or name its package in `shared` when the platform shares it.',
  },
  'code-backend-process': {
    severity: 'error',
    summary:
      'The backend starts other programs or processes (`child_process`, `cluster`): they run outside of every check.',
    fix: 'Do the work in JavaScript, or call a service over the network that the manifest declares.',
  },
  'code-backend-vm': {
    severity: 'error',
    summary: 'The backend uses `vm`, which compiles text to code. It is no sandbox, as Node says itself.',
    fix: 'Write the function out instead of compiling it.',
  },
  'code-backend-inspector': {
    severity: 'error',
    summary: 'The backend uses `inspector`: a debugger can read and change everything in the process.',
    fix: 'Remove it; profile on your own machine.',
  },
  'code-backend-addon': {
    severity: 'error',
    summary: 'The backend loads native code (`.node`, `process.dlopen`, `process.binding`), which cannot be inspected.',
    fix: 'Use a JavaScript or WebAssembly build of the library.',
  },
  'code-backend-threads': {
    severity: 'warning',
    summary: 'The backend starts threads (`worker_threads`): the reviewer has to see what runs in them and how many.',
    fix: 'Do without threads when the work is small.',
  },
  'code-html-sink': {
    severity: 'info',
    summary: 'HTML is set from a value (`innerHTML` and the like). Text from people has to be cleaned first.',
    fix: 'Set text with `textContent`, build elements with React, or clean the HTML with DOMPurify.',
  },
  'code-document-write': {
    severity: 'warning',
    summary: '`document.write` can wipe the page of the host and add scripts to it.',
    fix: 'Render with React.',
  },
  'code-script-element': {
    severity: 'warning',
    summary: 'A `<script>` element is made: it loads code that is not in the package.',
    fix: 'Bundle the code; when a provider demands its own script, tell the reviewer why.',
  },
  'code-worker': {
    severity: 'warning',
    summary: 'A worker is started from something other than a file of the package.',
    fix: 'Pass `new URL("./worker.js", import.meta.url)`.',
  },
  'code-import-scripts': {
    severity: 'warning',
    summary: '`importScripts` loads code into a worker at run time.',
    fix: 'Bundle the worker into one file.',
  },
  'code-service-worker': {
    severity: 'warning',
    summary: 'A service worker is registered: it can answer every request of the page, also when the plugin is gone.',
    fix: 'Remove it; the host decides about service workers.',
  },
  'code-wasm': {
    severity: 'warning',
    summary: 'WebAssembly is compiled. This inspection cannot look into it.',
    fix: 'Tell the reviewer which library it is and where its source stands.',
  },
  'code-post-message': {
    severity: 'warning',
    summary: '`postMessage` to `*` hands the message to whatever page stands in the window at that moment.',
    fix: 'Name the origin that is meant.',
  },
  'code-cookie': {
    severity: 'warning',
    summary: 'Cookies are read or written: they belong to the host page and to all of its plugins.',
    fix: 'Keep what the plugin needs in its configuration or in `localStorage` under its own name.',
  },
  'code-storage': {
    severity: 'info',
    summary: 'The storage of the browser is used, which all plugins of the page share.',
    fix: 'Put the id of the plugin in front of every key.',
  },
  'code-builtin-patch': {
    severity: 'warning',
    summary: 'A built-in object or function is changed for the whole page, also for the host and other plugins.',
    fix: 'Write a function of your own instead of changing the built-in one.',
  },
  'code-ip-host': {
    severity: 'warning',
    summary: 'A host is contacted by its number. Nobody can see whose it is, and the manifest cannot declare it.',
    fix: 'Use a host name.',
  },
  'code-unknown-host': {
    severity: 'info',
    summary: 'An address that is contacted is only known at run time.',
    fix: 'Write the host into the code where it never changes, so that the reviewer sees it.',
  },
  'code-invisible-text': {
    severity: 'error',
    summary: 'Invisible characters stand in a name, or many of them in a row in a text: code can be hidden in them.',
    fix: 'Remove the characters; write those that are needed as escapes in short texts.',
  },
  'code-obfuscated': {
    severity: 'error',
    summary: 'The script is obfuscated beyond minifying, so that nobody can review it.',
    fix: 'Publish the minified build without an obfuscator; the source maps are only shown to owners and reviewers.',
  },
  'code-obfuscation-signs': {
    severity: 'warning',
    summary: 'The script has some signs of obfuscation.',
    fix: 'Tell the reviewer which library it is, or publish the code without the obfuscated part.',
  },
} as const satisfies RuleTable

export type CodeRule = keyof typeof codeRules
