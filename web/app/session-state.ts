/** Whether the session that the app began with still counts. */
import { createStore } from './store.ts'

export const signedOut = createStore(false)
export const noteSignedOut = (): void => signedOut.set(true)
export const noteSignedIn = (): void => signedOut.set(false)
