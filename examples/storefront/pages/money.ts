const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

/** `148` → `€148.00` */
export function euros(amount: number): string {
  return format.format(amount)
}
