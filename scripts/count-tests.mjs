// Prints "passed failed skipped" of a vitest JSON report; fails when there is none or it holds no test.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const { numTotalTests, numPassedTests, numFailedTests, numPendingTests = 0, numTodoTests = 0 } = report
if (!numTotalTests) process.exit(1)
// A file that fails before its tests are known holds no failed test, and has failed all the same.
const brokenFiles = report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0)
console.log(numPassedTests, numFailedTests + brokenFiles.length, numPendingTests + numTodoTests)
