import { appendFileSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstBranch } from '../../shared/branch.ts';
import { seedRun } from '../../shared/presets.ts';
import { METRICS } from '../../main/trainer/checkpoint/history.ts';
import { filesOf } from '../../main/trainer/checkpoint/names.ts';
import { newPatience } from '../../main/trainer/checkpoint/patience-record.ts';
import { newCursor, parseRecord, recordText } from '../../main/trainer/checkpoint/record.ts';
import { CheckpointStore, type Description } from '../../main/trainer/checkpoint/store.ts';

const STEPS = 10;

export const description = (step: number, more: Partial<Description> = {}): Description => ({
  cursor: { ...newCursor(), step, epoch: step / STEPS },
  branch: firstBranch,
  pinned: false,
  watch: newPatience(),
  config: seedRun(),
  precision: 'float32',
  image: { height: 28, width: 28, channels: 1, classes: 10 },
  datasetHash: 'a'.repeat(64),
  validation: { loss: 1 / step, accuracy: 1 - 1 / (step + 1) },
  device: 'processor',
  tensorFlow: '2',
  ...more,
});

/** What of a checkpoint is read without TensorFlow. */
export const tensors = () => [
  { name: 'convolution_1/weights', shape: [3, 3, 1, 8], values: kernels() },
  { name: 'dense_1/weights', shape: [4, 2], values: new Float32Array(8).fill(0.5) },
];

const kernels = (): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: 72 }, (_, k) => Math.sin(k));

/** Saves checkpoints by the app's own store, without a run. */
export async function saveCheckpoints(
  folder: string,
  steps: readonly number[],
  more: Partial<Description> = {},
): Promise<void> {
  const store = await CheckpointStore.open(folder);
  for (const step of steps) {
    const saved = description(step, more);
    saved.config = {
      ...saved.config,
      checkpoints: { ...saved.config.checkpoints, keep: steps.length },
    };
    await store.save(saved, tensors(), () => undefined);
  }
  await store.close();
}

/**
 * A folder as a run of months leaves it. The first checkpoint is the app's own; the others are its files under other names, each with
 * a record of its own, for saving ten thousand would take minutes.
 * @param lines of the curves
 */
export async function makeLargeFolder(
  folder: string,
  checkpoints: number,
  lines: number,
): Promise<void> {
  await saveCheckpoints(folder, [STEPS]);
  const first = filesOf(folder, { branch: 1, step: STEPS });
  const record = parseRecord(readFileSync(first.record, 'utf8'));
  if (!record) throw new Error('the first record cannot be read');
  for (let k = 2; k <= checkpoints; k++) {
    const step = k * STEPS;
    const files = filesOf(folder, { branch: 1, step });
    const { cursor, validation } = description(step);
    linkSync(first.data, files.data);
    linkSync(first.index, files.index);
    writeFileSync(files.record, recordText({ ...record, cursor, validation }));
  }
  const step = (n: number): string =>
    JSON.stringify({
      ...{ type: 'step', epoch: 1 + Math.floor(n / STEPS), step: n, loss: 1 + 1 / n },
      ...{ accuracy: 0.5, learningRate: 0.001 },
    });
  writeFileSync(join(folder, METRICS), '{"type":"resumed","branch":1,"step":0}\n');
  for (let begin = 1; begin <= lines; begin += 10_000) {
    const count = Math.min(10_000, lines - begin + 1);
    const text = Array.from({ length: count }, (_, k) => step(begin + k)).join('\n');
    appendFileSync(join(folder, METRICS), `${text}\n`);
  }
}
