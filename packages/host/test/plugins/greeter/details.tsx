import { greeting } from './words.ts'

export default function Details() {
  return <p>{greeting} to the details</p>
}
