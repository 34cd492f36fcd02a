/** The thread that runs workflow code. */
import { runBeside } from './run.mjs'

runBeside('workflows')
