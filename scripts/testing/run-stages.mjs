import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
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
 * Runs the checks two at a time, then each stage that runs tests by itself, and closes with `N passed, N failed`.
 * @param {readonly Stage[]} stages
 * @returns {Promise<number>} the exit code
 */
export async function runStages(stages) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failed = [];
  await withTemporary(tmpdir(), 'firstlayer-test', async (folder) => {
    const waiting = stages.filter(({ results }) => !results);
    const inLane = async () => {
      for (let stage = waiting.shift(); stage; stage = waiting.shift())
        add(stage, await runStage(stage, ''));
    };
    await Promise.all(Array.from({ length: LANES }, inLane));
    for (const [k, stage] of stages.filter(({ results }) => results).entries())
      add(stage, await runStage(stage, join(folder, `${k}.json`)));
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

/** @param {Stage} stage @param {string} report */
async function runStage(stage, report) {
  const start = Date.now();
  const { args, env } = stage.reporting?.(report) ?? { args: [], env: {} };
  if (stage.results) console.log(`\n── ${stage.name}`);
  const run = () => runNode(stage, args, env);
  const { code, output } = await (stage.around ?? ((use) => use()))(run);
  const results = resultsOf(stage, code, report);
  if (results.failed > 0) process.stdout.write(output);
  const result = results.failed > 0 ? 'FAILED' : 'ok';
  console.log(`── ${stage.name}: ${result}, ${duration(Date.now() - start)}`);
  return results;
}

/**
 * A stage that runs tests shows its output at once; any other stage shows it only when it fails.
 * @param {Stage} stage
 * @param {string[]} args
 * @param {Record<string, string>} more environment
 * @returns {Promise<{ code: number, output: string }>}
 */
function runNode({ node, program, env, results }, args, more) {
  const show = results !== undefined;
  return new Promise((resolve, reject) => {
    const child = spawn(node ?? process.execPath, [...program, ...args], {
      cwd: root,
      env: { ...process.env, ...env, ...more },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
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
