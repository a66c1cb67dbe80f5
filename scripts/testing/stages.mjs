import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { appParts, appTargets, trainerParts } from '../setup/index.mjs';
import { playwrightResults, vitestResults } from './reports.mjs';
import { withScreens } from './screen.mjs';

/** @typedef {import('./reports.mjs').Results} Results */
/**
 * One thing that `npm test` runs.
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} program Node's arguments
 * @property {string} [node] another Node than the one that runs this
 * @property {Record<string, string>} [env]
 * @property {import('../setup/index.mjs').Part[]} parts
 * @property {import('../setup/index.mjs').Target[]} targets
 * @property {(report: string) => { args: string[], env: Record<string, string> }} [reporting] how a test
 *   runner is told where to write its counts; a stage without it is one check and shows its output only when it fails
 * @property {(report: unknown) => Results} [results] what the runner's report says
 * @property {<T>(use: () => Promise<T>) => Promise<T>} [around]
 * @property {string} [beside] the stage beside which it runs, on what that leaves of the processor; by itself where that is not run
 */

/** @param {string} path below node_modules */
const tool = (path) => join(root, 'node_modules', path);

/** @param {string} name @param {string[]} program @returns {Stage} */
const check = (name, program) => ({ name, program, parts: ['packages'], targets: [] });

/** @param {'unit' | 'engine' | 'faults'} project @param {Partial<Stage>} [more] @returns {Stage} */
const vitest = (project, more) => ({
  name: project,
  program: [tool('vitest/vitest.mjs'), 'run', '--project', project],
  parts: ['packages'],
  targets: [],
  reporting: (report) => ({
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env: {},
  }),
  results: vitestResults,
  ...more,
});

/** @type {Stage} */
const playwright = {
  name: 'e2e',
  program: [tool('playwright/cli.js'), 'test', '-c', 'test/e2e/playwright.config.ts'],
  parts: [...appParts, 'screen'],
  targets: appTargets,
  reporting: (report) => ({
    args: ['--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  }),
  results: playwrightResults,
  around: withScreens,
};

/**
 * All stages, in the order that shows a mistake soonest; of the checks, which go two at a time, the longest first. The window waits for
 * much, so that two of its tests go at a time, and what takes long and needs nobody's attention fits beside them.
 */
const all = [
  { ...check('lint', [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0']), beside: 'e2e' },
  check('format', [tool('prettier/bin/prettier.cjs'), '--check', '.']),
  check('types', [tool('typescript/bin/tsc'), '-p', '.', '--noEmit']),
  check('svelte', [
    tool('svelte-check/bin/svelte-check'),
    '--tsconfig',
    './tsconfig.json',
    '--fail-on-warnings',
  ]),
  check('styles', [tool('stylelint/bin/stylelint.mjs'), 'renderer/**/*.{svelte,css}']),
  check('messages', ['scripts/messages.mjs', '--check']),
  check('unused', [tool('knip/bin/knip.js')]),
  vitest('unit', { beside: 'e2e' }),
  vitest('engine', { parts: trainerParts, targets: ['trainer'] }),
  vitest('faults', {
    parts: [...trainerParts, 'tensorboard'],
    targets: ['trainer'],
    beside: 'e2e',
  }),
  playwright,
];

/** The folder that each test runner's stage needs. */
const folders = new Map(['unit', 'engine', 'faults', 'e2e'].map((name) => [name, `test/${name}`]));

/** The stages that there are, all or those named. @param {string[]} names @returns {Stage[]} */
export function stages(names) {
  const unknown = names.find((name) => !all.some((stage) => stage.name === name));
  if (unknown)
    throw new RangeError(
      `There is no stage "${unknown}"; there are ${all.map(({ name }) => name).join(', ')}.`,
    );
  return all.filter(({ name }) => {
    const folder = folders.get(name);
    if (names.length > 0) return names.includes(name);
    return folder === undefined || existsSync(join(root, folder));
  });
}

/**
 * How a stage went. A runner that ended badly without a failed test, or has run none, counts as one failure.
 * @param {Stage} stage
 * @param {number} code
 * @param {string} report
 * @returns {Results}
 */
export function resultsOf({ name, results }, code, report) {
  const ended = `${name} ended with code ${code}`;
  if (!results)
    return code === 0
      ? { passed: 1, failed: 0, skipped: 0, failures: [] }
      : { passed: 0, failed: 1, skipped: 0, failures: [ended] };
  /** @type {Results} */
  let all = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    all = results(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    // The runner did not get far enough to write its report.
  }
  if (all.failed > 0 || (code === 0 && all.passed > 0)) return all;
  const why = all.passed > 0 ? `${ended} though no test failed` : `${ended} and ran no test`;
  return { ...all, failed: 1, failures: [...all.failures, why] };
}
