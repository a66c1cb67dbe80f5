import { spawn } from 'node:child_process';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTemporary } from '../setup/cache.mjs';
import { root } from '../setup/places.mjs';
import { duration } from '../setup/progress.mjs';
import { resultsOf } from './stages.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));

/** Checks at a time: each keeps a core busy. */
const LANES = 2;

/**
 * Runs the checks two at a time, then each stage that runs tests with those beside it, and closes with `N passed, N failed`.
 * @param {readonly Stage[]} stages
 * @returns {Promise<number>} the exit code
 */
export async function runStages(stages) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failed = [];
  await withTemporary(tmpdir(), 'firstlayer-test', async (folder) => {
    const names = new Set(stages.map(({ name }) => name));
    const besides = stages.filter(({ beside }) => beside !== undefined && names.has(beside));
    const others = stages.filter((stage) => !besides.includes(stage));
    const waiting = others.filter(({ results }) => !results);
    const inLane = async () => {
      for (let stage = waiting.shift(); stage; stage = waiting.shift())
        add(stage, await runStage(stage, ''));
    };
    /** @param {string} name of the stage beside which they run, one after the other */
    const runBesides = async (name) => {
      for (const stage of besides.filter(({ beside }) => beside === name))
        add(stage, await runStage(stage, join(folder, `${stage.name}.json`), true));
    };
    await Promise.all(Array.from({ length: LANES }, inLane));
    /** @param {Stage} stage */
    const runTests = async (stage) =>
      add(stage, await runStage(stage, join(folder, `${stage.name}.json`)));
    for (const stage of others.filter(({ results }) => results))
      await Promise.all([runTests(stage), runBesides(stage.name)]);
  });

  /** @param {Stage} stage @param {import('./stages.mjs').Results} results */
  function add(stage, results) {
    total.passed += results.passed;
    total.failed += results.failed;
    total.skipped += results.skipped;
    failed.push(...results.failures.map((failure) => `── ${stage.name}: ${failure}`));
  }

  if (failed.length > 0) console.log(`\nFailed:\n${failed.join('\n')}\n`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
}

/** @param {Stage} stage @param {string} report @param {boolean} [isBeside] */
async function runStage(stage, report, isBeside = false) {
  const start = Date.now();
  const { args, env } = stage.reporting?.(report) ?? { args: [], env: {} };
  if (stage.results && !isBeside) console.log(`\n── ${stage.name}`);
  const run = () => runNode(stage, args, env, isBeside);
  const { code, output } = await (stage.around ?? ((use) => use()))(run);
  const results = resultsOf(stage, code, report);
  if (results.failed > 0) process.stdout.write(output);
  const result = results.failed > 0 ? 'FAILED' : 'ok';
  console.log(`── ${stage.name}: ${result}, ${duration(Date.now() - start)}`);
  return results;
}

/**
 * A stage that runs tests shows its output at once; any other, and one beside it, shows it only when it fails.
 * @param {Stage} stage
 * @param {string[]} args
 * @param {Record<string, string>} more environment
 * @param {boolean} isBeside it takes what others leave of the processor
 * @returns {Promise<{ code: number, output: string }>}
 */
function runNode({ node, program, env, results }, args, more, isBeside) {
  const show = results !== undefined && !isBeside;
  return new Promise((resolve, reject) => {
    const child = spawn(node ?? process.execPath, [...program, ...args], {
      cwd: root,
      env: { ...process.env, ...env, ...more },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    // Its children inherit it.
    if (isBeside && child.pid !== undefined)
      setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const end = () => child.kill();
    process.once('exit', end);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
      });
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('exit', end);
      resolve({ code: code ?? 1, output });
    });
  });
}
