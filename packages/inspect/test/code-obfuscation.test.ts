import { expect, test } from 'vitest'
import { scanScript } from '../src/code/scan-script.ts'

const codes = (source: string) =>
  scanScript({ path: 'x.js', source, target: 'browser' })
    .findings.map(({ code }) => code)
    .filter((code) => code.includes('obfusc'))

/** What is left of an obfuscated script after a bundler has minified it: its table of texts, turned until a sum fits. */
const rotated = `function t(){let n=["log","Hello","1022YpGhFe","77AKrjLd","push","shift"];return(t=function(){return n})()}
function r(n,e){return t()[n-100]}
(function(n,e){let o=n();for(;;)try{if(parseInt(r(102))/1+parseInt(r(103))/2===e)break;o.push(o.shift())}catch{o.push(o.shift())}})(t,281474);
console[r(100)](r(101));`

test.each([
  ['names in hexadecimal', Array.from({ length: 15 }, (_, index) => `var _0x4a${index}b=${index}`).join(';')],
  ['a rotated table', rotated],
  ['a rotated table with names as texts', rotated.replaceAll(/\bo\.(push|shift)\b/g, `o['$1']`)],
  [
    'nothing but escapes and numbers',
    `f([${`'\\x68\\x65\\x6c\\x6c\\x6f\\x20\\x77\\x6f\\x72\\x6c\\x64',0x1f,`.repeat(120)}])`,
  ],
  ['sums of empty arrays', `x=${'(![]+[])[+[]]+'.repeat(30)}""`],
  ['flattened functions', `a="3|1|2|0".split("|");b="1|0|2".split("|");c="0|2|1".split("|");`],
  ['a payload that is decoded and run', `eval(atob("${'aGVsbG8gd29ybGQx'.repeat(100)}"));${`"2|0|1".split("|");`}`],
])('%s is obfuscation', (_name, source) => expect(codes(source)).toEqual(['code-obfuscated']))

test.each([
  ['a huge text', `x="${'Zm9vYmFy'.repeat(15_000)}"`],
  ['some names in hexadecimal', 'var _0x1a=1,_0x2b=2,_0x3c=3,_0x4d=4'],
  ['one flattened function', 'for (const step of "2|0|1".split("|")) run(step)'],
])('%s is a sign', (_name, source) => expect(codes(source)).toEqual(['code-obfuscation-signs']))

test.each([
  ['an embedded picture', `x="data:image/png;base64,${'Zm9vYmFy'.repeat(20_000)}"`],
  ['a table of bits', `x=[${Array.from({ length: 256 }, (_, index) => `0x${index.toString(16)}`).join()}]`],
  ['texts in other scripts', `x="${'\\u0645\\u0631\\u062d\\u0628\\u0627'.repeat(500)}"`],
  [
    'a queue that turns',
    'const queue = ["a", 1]; const names = ["a", "b"]; queue.push(next()); names.push(queue.shift())',
  ],
  ['columns', 'x = "a|b|c".split("|"); y = "1|2".split("|"); z = "1|2|3".split(",")'],
])('%s is none', (_name, source) => expect(codes(source)).toEqual([]))
