import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { type MountedExtensionPoint, mountExtensionPoint } from '../../src/dom.ts'
import { createHost } from '../../src/index.ts'
import { hostOptions } from './host-options.ts'

declare global {
  /** For the tests. */
  var widgets: MountedExtensionPoint
}

globalThis.host = createHost({
  ...hostOptions,
  shared: { react, 'react/jsx-runtime': jsxRuntime, 'react-dom': reactDom, 'react-dom/client': reactDomClient },
})

const main = document.createElement('main')
main.innerHTML = '<h1>A page without React</h1>'
document.body.append(main)
globalThis.widgets = mountExtensionPoint(globalThis.host, main, 'dashboard.widgets', {
  props: { place: 'the dashboard' },
  fallback: 'Loading…',
})
