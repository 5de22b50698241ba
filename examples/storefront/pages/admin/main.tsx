import '../shop.css'
import './admin.css'
import { startPage } from '../start-page.tsx'
import { Admin } from './admin.tsx'

startPage(Admin)
