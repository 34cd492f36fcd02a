/** The worker as `up` forks it. */
import { endOnFailure, settingsFromParent } from './child.ts'
import { runWorker } from './worker.ts'

settingsFromParent().then(runWorker).catch(endOnFailure)
