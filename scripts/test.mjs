import './setup/node-version.mjs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTemporary } from './setup/cache.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { duration } from './setup/progress.mjs';
import { countsOf, stages } from './testing/stages.mjs';

/** @typedef {import('./testing/stages.mjs').Stage} Stage */

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));

// npm test [-- STAGE…]: everything, or the stages named; later ones run although an earlier one has failed.
await main(async () => {
  const chosen = chooseStages(process.argv.slice(2));
  await prepare(
    chosen.flatMap(({ parts }) => parts),
    [...new Set(chosen.flatMap(({ targets }) => targets))],
  );
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failed = [];
  await withTemporary(tmpdir(), 'firstlayer-test', async (folder) => {
    for (const stage of chosen) {
      const counts = await runStage(stage, join(folder, `${stage.name}.json`));
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
});

/** @param {string[]} names */
function chooseStages(names) {
  try {
    return stages(names);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SetupError(error.message, 'npm test', 'Name one of these, or none for all.');
  }
}

/** @param {Stage} stage @param {string} report */
async function runStage(stage, report) {
  const start = Date.now();
  const { args, env } = stage.reporting?.(report) ?? { args: [], env: {} };
  if (stage.counts) console.log(`\n── ${stage.name}`);
  const run = () => runNode([...stage.program, ...args], env, stage.counts !== undefined);
  const { code, output } = await (stage.around ?? ((use) => use()))(run);
  const counts = countsOf(stage, code, report);
  if (counts.failed > 0) process.stdout.write(output);
  const result = counts.failed > 0 ? 'FAILED' : 'ok';
  console.log(`── ${stage.name}: ${result}, ${duration(Date.now() - start)}`);
  return counts;
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} more environment
 * @param {boolean} show what it prints at once, not only when it fails
 * @returns {Promise<{ code: number, output: string }>}
 */
function runNode(args, more, show) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...more },
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
