import Big from 'big.js'

/** Rounds half away from zero to the decimals of the currency (ISO 4217): `4.905` EUR → `"4.91"`, JPY → `"5"`. */
export function money(amount: Big, currency: string): string {
  return amount.toFixed(decimals(currency), Big.roundHalfUp)
}

function decimals(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
