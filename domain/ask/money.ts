const known = new Map<string, number>()

/** How many digits a currency's amounts have behind the point: 2 where it is not known. @param currency ISO code */
export function fractionDigits(currency: string): number {
  let digits = known.get(currency)
  if (digits === undefined) {
    try {
      digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
    } catch {
      digits = 2
    }
    known.set(currency, digits)
  }
  return digits
}
