import '../shop.css'
import './storefront.css'
import { startPage } from '../start-page.tsx'
import { Storefront } from './storefront.tsx'

startPage(Storefront)
