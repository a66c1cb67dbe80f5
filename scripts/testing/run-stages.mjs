import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTemporary } from '../setup/cache.mjs';
import { root } from '../setup/places.mjs';
import { duration } from '../setup/progress.mjs';
import { countsOf } from './stages.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));

/**
 * Runs stages one after the other and closes with `N passed, N failed`.
 * @param {readonly Stage[]} stages
 * @returns {Promise<number>} the exit code
 */
export async function runStages(stages) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failed = [];
  await withTemporary(tmpdir(), 'firstlayer-test', async (folder) => {
    for (const [k, stage] of stages.entries()) {
      const counts = await runStage(stage, join(folder, `${k}.json`));
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      if (counts.failed > 0) failed.push(stage.name);
    }
  });
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
}

/** @param {Stage} stage @param {string} report */
async function runStage(stage, report) {
  const start = Date.now();
  const { args, env } = stage.reporting?.(report) ?? { args: [], env: {} };
  if (stage.counts) console.log(`\n── ${stage.name}`);
  const run = () => runNode(stage, args, env);
  const { code, output } = await (stage.around ?? ((use) => use()))(run);
  const counts = countsOf(stage, code, report);
  if (counts.failed > 0) process.stdout.write(output);
  const result = counts.failed > 0 ? 'FAILED' : 'ok';
  console.log(`── ${stage.name}: ${result}, ${duration(Date.now() - start)}`);
  return counts;
}

/**
 * A stage that counts shows what it prints at once, another only when it fails.
 * @param {Stage} stage
 * @param {string[]} args
 * @param {Record<string, string>} more environment
 * @returns {Promise<{ code: number, output: string }>}
 */
function runNode({ node, program, env, counts }, args, more) {
  const show = counts !== undefined;
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
