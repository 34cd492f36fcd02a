/** How many things that need one have not been looked at yet: the title of the tab says it. */
import { createStore } from './store.ts'

export const needCount = createStore(0)
