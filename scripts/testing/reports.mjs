/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {Counts & { failures: string[] }} Results failures: a few lines about each failed test, to be shown last */

/** The first lines of a failure's message, without the terminal's colours. @param {string | undefined} message */
function beginning(message) {
  // eslint-disable-next-line no-control-regex -- colours are control characters
  const plain = (message ?? '').replace(/\u001b\[[\d;]*m/g, '').trim();
  return plain
    .split('\n')
    .slice(0, 6)
    .map((line) => `\n    ${line.slice(0, 300)}`)
    .join('');
}

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, message?: string,
 *   assertionResults: { fullName: string, status: string, failureMessages?: string[] }[] }[]} testResults
 */

/** @param {unknown} given @returns {Results} */
export function vitestResults(given) {
  const report = /** @type {VitestReport} */ (given);
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${name}${beginning(message)}`];
    return failed.map(
      (test) => `${name}: ${test.fullName}${beginning(test.failureMessages?.join('\n'))}`,
    );
  });
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string, file: string, line: number, ok: boolean,
 *   tests: { results: { error?: { message?: string } }[] }[] }[]} [specs]
 */
/** @typedef {{ stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>, suites: PlaywrightSuite[] }} PlaywrightReport */

/** @param {unknown} given @returns {Results} */
export function playwrightResults(given) {
  const { stats, suites } = /** @type {PlaywrightReport} */ (given);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures: suites.flatMap(failuresOf),
  };
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
function failuresOf({ suites = [], specs = [] }) {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ file, line, title, tests }) => {
      const errors = tests.flatMap(({ results }) => results.map(({ error }) => error?.message));
      return `${file}:${line}: ${title}${beginning(errors.find((each) => each !== undefined))}`;
    });
  return [...own, ...suites.flatMap(failuresOf)];
}
