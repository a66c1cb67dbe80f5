import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { tensorboardPython } from '../../scripts/setup/tensorboard.mjs';
import { readHistory } from '../../main/trainer/checkpoint/history.ts';
import { firstBranch, type Branch } from '../../shared/branch.ts';
import type { RunConfig } from '../../shared/config.ts';
import { temporaryFolder } from '../support/folders.ts';
import { createService } from '../../main/trainer/service.ts';
import { failures, trainUntilIdle } from '../support/trainer.ts';
import type { Entry } from './support/injection.mjs';
import { isLong, startTrainer, tinyRun } from './support/runs.ts';
import { tried } from './support/table.ts';

const python = tensorboardPython();
if (python === null) console.log('Skipped: TensorBoard could not be installed.');
const script = fileURLToPath(new URL('support/read_tensorboard.py', import.meta.url));

type Series = [step: number, value: number][];
/** Of each of TensorBoard's readers: run -> tag -> what it shows. */
type Shown = Record<string, Record<string, Record<string, Series>>>;

const shownOf = (folder: string): Shown =>
  JSON.parse(execFileSync(python!, [script, folder], { encoding: 'utf8' })) as Shown;

/** That both readers show the curves of metrics.jsonl from the fork on: each step once, in order, with its value. */
async function expectCurves(folder: string, branch: Branch, last: number): Promise<void> {
  const { history, problems } = await readHistory(folder, branch, last);
  expect(problems).toEqual([]);
  const fork = branch.forks.at(-1)?.step ?? 0;
  const steps = history.steps.filter(({ step }) => step > fork);
  const epochs = history.epochs.filter(({ step }) => step > fork);
  expect(steps.at(-1)?.step).toBe(last);
  const place = branch.number === 1 ? 'tensorboard' : `tensorboard/branch-${branch.number}`;
  const float = Math.fround;
  for (const [reader, runs] of Object.entries(shownOf(folder))) {
    const train = runs[`${place}/train`];
    const validation = runs[`${place}/validation`];
    expect(train?.['batch/loss'], reader).toEqual(
      steps.map(({ step, loss }) => [step, float(loss)]),
    );
    expect(train?.['batch/accuracy'], reader).toEqual(
      steps.map(({ step, accuracy }) => [step, float(accuracy)]),
    );
    expect(train?.['epoch/loss'], reader).toEqual(
      epochs.map((epoch) => [epoch.step, float(epoch.train.loss)]),
    );
    expect(validation?.['epoch/accuracy'], reader).toEqual(
      epochs.map((epoch) => [epoch.step, float(epoch.validation?.accuracy ?? NaN)]),
    );
  }
}

let config: RunConfig;
beforeAll(async () => {
  config = await tinyRun();
});

describe.runIf(python !== null)('TensorBoard’s own readers show each step once, after', () => {
  it('a SIGKILL anywhere on the way to the disk, again and again', async () => {
    const log = join(temporaryFolder(), 'log');
    const folder = temporaryFolder();
    const run = startTrainer(folder, config, { plan: { folder, log } });
    await run.ended;
    const all = readFileSync(log, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Entry]));
    // Curves are written before the checkpoint that they belong to: between the two lies what is to be cut.
    const between = all.flatMap(({ operation, path }, k) =>
      operation === 'open' && /unfinished-model\.ckpt-\d+\.data/.test(path) ? [k + 1] : [],
    );
    expect(between.length).toBeGreaterThan(5);
    // Each takes seconds: TensorBoard is asked for all of its curves.
    const count = isLong ? 12 : 2;
    const spread = Array.from({ length: count }, (_, k) =>
      Math.ceil(((k + 1) * all.length) / count),
    );
    const kills = [between[2]!, ...spread];
    for (const killAt of kills) {
      const killed = temporaryFolder();
      const first = startTrainer(killed, config, {
        plan: { folder: killed, killAt, killWhen: 'after' },
      });
      await first.ended;
      // And once more, where the first has left it.
      await startTrainer(killed, config, {
        plan: { folder: killed, killAt: between[1]!, killWhen: 'after' },
      }).ended;
      expect(failures(await trainUntilIdle(killed, config))).toEqual([]);
      await expectCurves(killed, firstBranch, 21);
    }
    tried('TensorBoard after SIGKILL', kills.length);
  }, 3_600_000);

  it('going back to a checkpoint, which begins a branch', async () => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, {
      ...config,
      checkpoints: { ...config.checkpoints, keep: 100 },
    });
    const service = createService(() => undefined);
    service.handle({ type: 'start', checkpointDir: folder, config, from: 'model.ckpt-10' });
    await service.idle;
    service.handle({ type: 'shutdown' });
    await expectCurves(folder, firstBranch, 21);
    await expectCurves(folder, { number: 2, forks: [{ branch: 1, step: 10 }] }, 21);
    tried('TensorBoard after a branch', 1);
  }, 600_000);

  it('saving into another folder', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    let isAsked = false;
    await trainUntilIdle(first, config, (event) => {
      // On a busy machine what was saved may be told when the run has ended already; a step is told at once.
      if (event.type !== 'step' || event.step < 7 || isAsked) return null;
      isAsked = true;
      return { type: 'save-to', checkpointDir: second };
    });
    expect(existsSync(join(second, 'tensorboard', 'train'))).toBe(true);
    await expectCurves(second, firstBranch, 21);
    tried('TensorBoard after a change of folder', 1);
  }, 600_000);
});
