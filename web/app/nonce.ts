/** What the page's policy asks of style elements that are made as the app runs. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** Libraries that make such elements by themselves look for it here. */
export function announceNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}
