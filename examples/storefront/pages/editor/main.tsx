import '@puckeditor/core/no-external.css'
import '../shop.css'
import '../storefront/storefront.css'
import './editor.css'
import { startPage } from '../start-page.tsx'
import { Editor } from './editor.tsx'

startPage(Editor)
