/** The server as `up` forks it. */
import { endOnFailure, settingsFromParent } from './child.ts'
import { runServer } from './server.ts'

settingsFromParent().then(runServer).catch(endOnFailure)
