import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { isProven, type Proof, type ProofRequest } from '../../../shared/proof.ts';
import { checkpointFingerprint } from '../../../main/trainer/checkpoint/fingerprint.ts';
import { answerCheckpointRequest } from '../../../main/trainer/checkpoint/requests/answer-request.ts';
import { proveCheckpoint } from '../../../main/trainer/training/proof/prove.ts';
import { alterCheckpoint } from '../../support/altered-checkpoint.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { convolution, pooling, withScores } from '../../support/networks.ts';
import { smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** Checkpoints are proven by training what led to them once more. */

const dataset = await smallDataset(450, 20);
const small: RunConfig = {
  ...smallRun(dataset, 'float32'),
  network: {
    name: 'small',
    layers: withScores(
      convolution({ activation: 'relu' }),
      { type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'none' },
      pooling({ size: [4, 4], stride: [4, 4] }),
      { type: 'dropout', rate: 0.2 },
    ),
  },
};
const epochs = (count: number, run = small): RunConfig => ({
  ...run,
  training: { ...run.training, epochs: count },
});
const nameAt = (step: number, branch = ''): string => `model.${branch}ckpt-${step}`;
const [one, two, three] = [1, 2, 3].map((epoch) => nameAt(epoch * STEPS_AN_EPOCH)) as [
  string,
  string,
  string,
];

async function prove(folder: string, name: string, from?: ProofRequest['from']): Promise<Proof> {
  const proof = await proveCheckpoint(
    folder,
    { name, ...(from !== undefined && { from }) },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  return proof!;
}

const copyOf = (folder: string): string => {
  const made = temporaryFolder();
  cpSync(folder, made, { recursive: true });
  return made;
};

let folder = '';
beforeAll(async () => {
  folder = temporaryFolder();
  await trainUntilIdle(folder, small);
});

describe('a fingerprint', () => {
  it('is the same of two runs of one seed, of a copy and of an export, and is shown', async () => {
    const again = temporaryFolder();
    await trainUntilIdle(again, epochs(1));
    const to = join(temporaryFolder(), 'out');
    await answerCheckpointRequest(folder, null, { type: 'export', name: one, to });
    const told = await Promise.all(
      [folder, again, copyOf(folder), to].map((each) => checkpointFingerprint(join(each, one))),
    );
    expect(new Set(told).size).toBe(1);
    const shown = await answerCheckpointRequest(folder, null, { type: 'show', name: one });
    expect(shown).toMatchObject({ checkpoint: { fingerprint: told[0] } });
    expect(await checkpointFingerprint(join(folder, two))).not.toBe(told[0]);
  });
});

describe('a run proves itself', () => {
  it('from one checkpoint to the next, and from its start', async () => {
    const proof = await prove(folder, three);
    expect(isProven(proof)).toBe(true);
    expect(proof).toMatchObject({
      from: two,
      compared: STEPS_AN_EPOCH,
      firstDifference: null,
      variables: [],
      reasons: [],
    });
    const whole = await prove(folder, three, 'start');
    expect(whole).toMatchObject({ from: null, again: proof.again, compared: 3 * STEPS_AN_EPOCH });
  });

  it('that was changed while it ran, went on with more epochs, and lowered its rate', async () => {
    const changed = temporaryFolder();
    const run: RunConfig = {
      ...small,
      optimizer: {
        ...small.optimizer,
        reduceOnPlateau: { patience: 1, minimumGain: 1, factor: 0.25 },
      },
    };
    let asked = false;
    await trainUntilIdle(changed, epochs(2, run), (event) => {
      if (event.type !== 'step' || event.step !== 9 || asked) return null;
      asked = true;
      return { type: 'change', change: { learningRate: 0.003, dropRates: [0.4] } };
    });
    const { optimizer } = run;
    await trainUntilIdle(
      changed,
      epochs(3, { ...run, optimizer: { ...optimizer, weightDecay: 0.1 } }),
    );
    for (const from of [one, 'start'] as const) {
      const proof = await prove(changed, three, from);
      expect(proof.firstDifference).toBeNull();
      expect(isProven(proof)).toBe(true);
    }
    // The change itself counts: without it the end is another.
    const { changes, reasons } = await prove(changed, three, one);
    expect(changes).toBeGreaterThanOrEqual(3);
    expect(reasons).toEqual([]);
    rmSync(join(changed, 'metrics.jsonl'));
    const unknown = await prove(changed, two, one);
    expect(isProven(unknown)).toBe(false);
    expect(unknown.reasons).toMatchObject([{ kind: 'no-events' }]);
  });

  it('on a branch that went back, with weights set by hand', async () => {
    const branched = copyOf(folder);
    const edits = [{ row: 0, column: 0, channel: 0, filter: 1, value: 0.5 }];
    await trainUntilIdle(branched, small, undefined, { from: one, edits });
    const [begun, end] = [nameAt(7, 'branch-2.'), nameAt(14, 'branch-2.')];
    for (const [name, from] of [[begun], [end], [end, 'start']] as const) {
      const proof = await prove(branched, name, from);
      expect(proof.firstDifference).toBeNull();
      expect(isProven(proof)).toBe(true);
    }
    expect((await prove(branched, begun)).changes).toBe(1);
    await expect(prove(branched, end, two)).rejects.toThrow('not on the way');
  });
});

describe('a checkpoint that was altered, with all its checksums right', () => {
  it('is found out: the steps are the same, the variable is named', async () => {
    const altered = copyOf(folder);
    await alterCheckpoint(altered, two, 'dense_1/weights');
    const proof = await prove(altered, two);
    expect(isProven(proof)).toBe(false);
    expect(proof).toMatchObject({
      firstDifference: null,
      compared: STEPS_AN_EPOCH,
      variables: [{ name: 'dense_1/weights', differing: 1 }],
      reasons: [],
    });
  });

  it('at the beginning of the stretch, from the first step that shows it', async () => {
    const altered = copyOf(folder);
    // The lowest bit of one weight is less than a loss shows.
    await alterCheckpoint(altered, two, 'convolution_1/weights', 22);
    const { firstDifference } = await prove(altered, three);
    expect(firstDifference!.step).toBeGreaterThan(2 * STEPS_AN_EPOCH);
    expect(isProven(await prove(altered, three, one))).toBe(true);
  });
});

it('is stopped between two steps', async () => {
  const stop = new AbortController();
  const proof = await proveCheckpoint(
    folder,
    { name: three, from: 'start' },
    {
      signal: stop.signal,
      onProgress: ({ stretch }) => {
        if (stretch) stop.abort();
      },
    },
  );
  expect(proof).toBeNull();
});
