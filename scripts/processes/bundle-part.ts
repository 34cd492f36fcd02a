/** Prints the workflow code as one script: a program of its own, so that the bundler's memory is nobody else's. */
import { bundleInHere } from './temporal-workers.ts'
import { endOnFailure } from './child.ts'

bundleInHere()
  .then(code => process.stdout.write(code))
  .catch(endOnFailure)
