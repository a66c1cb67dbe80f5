import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { fastPrecisions } from '../../support/fast-precisions.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';
import { builtProgram } from '../../support/built-programs.ts';

/** A run is a function of its config, its seed and the data: whatever interrupts it, it ends with the same bits. */

const LAST = 3 * STEPS_AN_EPOCH;
const killer = new URL('../../support/kill-after-checkpoint.mjs', import.meta.url).href;
const cli = builtProgram('train');

const dataset = await smallDataset(450, 100);

/** Stops a run once it has saved step `at` on its way; answers the folder. */
async function stoppedAt(at: number, config: RunConfig): Promise<string> {
  const folder = temporaryFolder();
  const limited = { ...config, training: { ...config.training, maxSteps: at } };
  const events = await trainUntilIdle(folder, limited);
  expect(failures(events)).toEqual([]);
  return folder;
}

/**
 * The command line in a process of its own.
 * @param node arguments of Node's
 */
function inOwnProcess(folder: string, config: RunConfig, node: string[] = []) {
  const file = join(temporaryFolder(), 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const trainer = [cli, '--checkpoint-dir', folder, '--config', file, '--json'];
  return spawn(process.execPath, [...node, ...trainer], { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The same on the small dataset, killed outright once it has saved an epoch and gone on. */
async function killedAfterAnEpoch(folder: string, config: RunConfig): Promise<void> {
  const child = inOwnProcess(folder, config);
  const exited = once(child, 'exit');
  let saved = false;
  child.stdout.setEncoding('utf8').on('data', (told: string) => {
    saved ||= told.includes('"saved"');
    if (saved) child.kill('SIGKILL');
  });
  await exited;
  expect(child.signalCode).toBe('SIGKILL');
}

/** Kills a run one step after its first checkpoint; answers what it told. */
async function killedAfterCheckpoint(folder: string, config: RunConfig): Promise<TrainerEvent[]> {
  const child = inOwnProcess(folder, config, ['--import', killer]);
  const lines = (await text(child.stdout)).trimEnd().split('\n');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return lines.map((line) => JSON.parse(line) as TrainerEvent);
}

const withNormalization = (layer: LayerConfig): LayerConfig[] =>
  layer.type === 'convolution'
    ? [layer, { type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'none' }]
    : [layer];

describe.each(fastPrecisions)('in %s', (precision) => {
  let reference = '';
  const config = () => smallRun(dataset, precision);

  it('two runs end with the same bits', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await trainUntilIdle(one, config());
    await trainUntilIdle(two, config());
    reference = checkpointHash(one, LAST);
    expect(checkpointHash(two, LAST)).toBe(reference);
  });

  it('another seed ends with others', async () => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, { ...config(), training: { ...config().training, seed: 2 } });
    expect(checkpointHash(folder, LAST)).not.toBe(reference);
  });

  it('a run that was paused ends with them', async () => {
    const folder = temporaryFolder();
    let pauses = 0;
    const events = await trainUntilIdle(folder, config(), (event) => {
      if (event.type === 'step' && pauses < 2) {
        pauses += 1;
        return { type: 'pause' };
      }
      return event.type === 'phase' && event.phase === 'paused' ? { type: 'resume' } : null;
    });
    expect(failures(events)).toEqual([]);
    expect(events.some((event) => event.type === 'phase' && event.phase === 'paused')).toBe(true);
    expect(checkpointHash(folder, LAST)).toBe(reference);
  });

  it.each([3, STEPS_AN_EPOCH, 2 * STEPS_AN_EPOCH - 1])(
    'a run that ended at step %i and went on ends with them',
    async (at) => {
      const folder = await stoppedAt(at, config());
      const events = await trainUntilIdle(folder, config());
      const started = events.find((event) => event.type === 'started');
      expect(started?.restoredFrom?.step).toBe(at);
      expect(checkpointHash(folder, LAST)).toBe(reference);
    },
  );

  it('a run that was killed ends with them', async () => {
    const folder = temporaryFolder();
    await killedAfterAnEpoch(folder, config());
    expect(readdirSync(folder)).toContain(`model.ckpt-${STEPS_AN_EPOCH}.index`);
    await trainUntilIdle(folder, config());
    expect(checkpointHash(folder, LAST)).toBe(reference);
  });

  it('a run that was killed within an epoch ends with the bits of one that was not', async () => {
    // The epoch has 100 steps, several times as many as are done while a checkpoint is written.
    const STEPS = 100;
    const run = config();
    const often: RunConfig = {
      ...run,
      data: { ...run.data, batchSize: 4 },
      training: { ...run.training, epochs: 1, diagnosticsEvery: 1 },
      checkpoints: { ...run.checkpoints, everySteps: 10 },
    };
    const [undisturbed, folder] = [temporaryFolder(), temporaryFolder()];
    expect(failures(await trainUntilIdle(undisturbed, often))).toEqual([]);
    const told = await killedAfterCheckpoint(folder, often);
    const saved = told.find((event) => event.type === 'saved');
    const last = told.findLast((event) => event.type === 'diagnostics');
    expect(saved?.step).toBe(10);
    expect(last?.step).toBeLessThan(STEPS);
    const events = await trainUntilIdle(folder, often);
    expect(failures(events)).toEqual([]);
    const started = events.find((event) => event.type === 'started');
    expect((started?.restoredFrom?.step ?? NaN) % 10).toBe(0);
    expect(started?.restoredFrom?.step).toBeLessThan(last?.step ?? 0);
    expect(checkpointHash(folder, STEPS)).toBe(checkpointHash(undisturbed, STEPS));
  });

  // Batch normalisation keeps a batch in one part, where others go in shards: that must not show in the threads they share.
  it('what its process trained before does not show', async () => {
    const { network, ...rest } = config();
    const normalized = {
      ...rest,
      network: { ...network, layers: network.layers.flatMap(withNormalization) },
    };
    const [after, alone] = [temporaryFolder(), temporaryFolder()];
    await trainUntilIdle(temporaryFolder(), config());
    await trainUntilIdle(after, normalized);
    const child = inOwnProcess(alone, normalized);
    child.stdout.resume();
    await once(child, 'exit');
    expect(checkpointHash(alone, LAST)).toBe(checkpointHash(after, LAST));
  });
});
