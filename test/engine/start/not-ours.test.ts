import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckpointAnswer, CheckpointRequest } from '../../../shared/checkpoint-protocol.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { writeBundle, type Tensor } from '../../../main/trainer/checkpoint/bundle/write.ts';
import { FILM, filmFile } from '../../../main/trainer/checkpoint/film/film-lines.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import { answerCheckpointRequest } from '../../../main/trainer/checkpoint/requests/answer-request.ts';
import { createService } from '../../../main/trainer/service.ts';
import { configFile, runCli, tinyRun } from '../../support/cli.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { STEPS_AN_EPOCH as E, trainUntilIdle, type StartOptions } from '../../support/trainer.ts';
import { builtProgram } from '../../support/built-programs.ts';

/** Folders in which a checkpoint or a run's description lies that is not wholly this app's. */

let dataset = '';
/** A run of two epochs of 7 steps, saved every 5 steps too: checkpoints of steps 5, 7, 12 (within the second epoch) and 14. */
let whole = '';
let config: RunConfig;

const run = (epochs: number, more: Partial<RunConfig['training']> = {}): RunConfig => {
  const tiny = tinyRun(dataset);
  return {
    ...tiny,
    training: { ...tiny.training, epochs, ...more },
    checkpoints: { ...tiny.checkpoints, keep: 9, everySteps: 5 },
  };
};

beforeAll(async () => {
  dataset = await smallDataset(450, 20);
  config = run(2);
  whole = temporaryFolder();
  await trainUntilIdle(whole, config);
  expect(names(whole)).toEqual([12, 14, 5, 7].map((step) => `model.ckpt-${step}`));
});

const names = (folder: string): string[] =>
  readdirSync(folder)
    .flatMap((name) => /^(.*)\.index$/.exec(name)?.[1] ?? [])
    .sort();

/** What a person copied of the run: no records, and no checkpoint but those of `steps`. */
function copied(
  steps: number[],
  without = ['metrics.jsonl', 'filters.jsonl', 'tensorboard'],
): string {
  const folder = temporaryFolder();
  cpSync(whole, folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const [, step] = /^model\.ckpt-(\d+)\./.exec(name) ?? [];
    const isGone = step !== undefined && (name.endsWith('.json') || !steps.includes(Number(step)));
    if (isGone || without.includes(name)) rmSync(join(folder, name), { recursive: true });
  }
  return folder;
}

/** Every file and what is in it. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
      }),
  );
}

const start = (folder: string, asked: RunConfig, more?: StartOptions): Promise<TrainerEvent[]> =>
  trainUntilIdle(folder, asked, undefined, more);

const of = <T extends TrainerEvent['type']>(
  events: readonly TrainerEvent[],
  type: T,
): TrainerEventOf<T>[] => events.filter((event): event is TrainerEventOf<T> => event.type === type);

/** That a start is refused, tells each of `words`, and that nothing in the folder has changed. */
async function expectRefused(
  folder: string,
  words: (string | RegExp)[],
  asked = config,
  more: StartOptions = {},
): Promise<void> {
  const before = contents(folder);
  const events = await start(folder, asked, more);
  const [failed] = of(events, 'failed');
  expect(failed).toMatchObject({ refused: true });
  expect(of(events, 'started')).toEqual([]);
  const told = `${failed?.what ?? ''}\n${failed?.remedy ?? ''}`;
  for (const word of words) expect(told).toMatch(word);
  expect(contents(folder)).toEqual(before);
}

const ask = (folder: string, request: CheckpointRequest): Promise<CheckpointAnswer> =>
  answerCheckpointRequest(folder, null, request);

/** A checkpoint of a program that uses TensorFlow, by the names that its saver gives. */
async function foreign(
  folder: string,
  name: string,
  tensors: Tensor[],
  stateFile = true,
): Promise<string> {
  const prefix = join(folder, name);
  await writeBundle({ data: `${prefix}.data-00000-of-00001`, index: `${prefix}.index` }, tensors);
  if (stateFile)
    writeFileSync(
      join(folder, 'checkpoint'),
      `model_checkpoint_path: "${name}"\nall_model_checkpoint_paths: "${name}"\n`,
    );
  return prefix;
}

const floats = (name: string, ...shape: number[]): Tensor => ({
  name,
  shape,
  values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.25),
});
const whole64 = (name: string, value: bigint): Tensor => ({
  name,
  shape: [],
  values: BigInt64Array.of(value),
});
/** As TensorFlow 1 wrote them: own names, a step, slots. */
const saverTensors = (): Tensor[] => [
  floats('layer1/W', 784, 10),
  floats('layer1/W/Momentum', 784, 10),
  floats('layer1/b', 10),
  whole64('global_step', 100n),
];
/** As tf.train.Checkpoint does; its graph of objects would be text, which nothing here reads. */
const objectTensors = (): Tensor[] => [
  floats('_CHECKPOINTABLE_OBJECT_GRAPH'),
  floats('model/layer-1/kernel/.ATTRIBUTES/VARIABLE_VALUE', 784, 10),
  floats('optimizer/_variables/1/.ATTRIBUTES/VARIABLE_VALUE', 784, 10),
  whole64('optimizer/_iterations/.ATTRIBUTES/VARIABLE_VALUE', 77n),
];

describe('checkpoints of ours without their records', () => {
  it('are told, with their steps and every way there is, and nothing is changed', async () => {
    await expectRefused(copied([14]), [
      /a checkpoint without a record of Firstlayer: model\.ckpt-14 \(step 14, Firstlayer’s own\)/,
      /run\.json, which describes a run of network “tiny” with seed 1/,
      /--take-over/,
      /--weights-from .*model\.ckpt-14/,
      /--checkpoint-dir/,
    ]);
    await expectRefused(copied([7, 14]), [/2 checkpoints.*model\.ckpt-14.*model\.ckpt-7/]);
    await expectRefused(copied([14]), [/model\.ckpt-14/], seedRun());
  });

  it('cannot be taken over without run.json, or with one that is damaged or another’s', async () => {
    const [none, torn, theirs] = [copied([14]), copied([14]), copied([14])];
    rmSync(join(none, 'run.json'));
    const text = readFileSync(join(torn, 'run.json'), 'utf8');
    writeFileSync(join(torn, 'run.json'), text.slice(0, text.length / 2));
    writeFileSync(join(theirs, 'run.json'), '{"program":"Other"}');
    for (const folder of [none, torn, theirs]) {
      await expectRefused(folder, [/cannot be taken over: there is no run\.json of Firstlayer/]);
      await expectRefused(folder, [/no run\.json of Firstlayer/], config, { takeOver: true });
    }
  });

  it('taken over at an epoch’s end, go on to the same bits, on their own branch', async () => {
    const [folder, straight] = [copied([7]), temporaryFolder()];
    const events = await start(folder, run(3), { takeOver: true });
    expect(of(events, 'failed')).toEqual([]);
    expect(of(events, 'started')[0]).toMatchObject({
      branch: 1,
      restoredFrom: { step: 7, epoch: 1 },
    });
    expect(of(events, 'warning')[0]?.what).toMatch(/step 7 was rebuilt.*Not restored.*best/);
    await trainUntilIdle(straight, run(3));
    expect(checkpointHash(folder, 3 * E)).toBe(checkpointHash(straight, 3 * E));
    // From now on it is a run like any other.
    const again = await start(folder, run(4));
    expect(of(again, 'started')[0]).toMatchObject({ branch: 1, restoredFrom: { step: 3 * E } });
    expect(of(await start(folder, run(5), { takeOver: true }), 'failed')).toEqual([]);
  });

  it('taken over within an epoch, end it with the same bits and the mean of what is known', async () => {
    const folder = copied([12]);
    const events = await start(folder, config, { takeOver: true });
    expect(of(events, 'started')[0]?.restoredFrom).toMatchObject({ step: 12, epoch: 1 });
    expect(of(events, 'warning')[0]?.what).toContain('the epoch’s first part');
    expect(checkpointHash(folder, 14)).toBe(checkpointHash(whole, 14));
    const mean = of(events, 'epoch')[0]?.train.loss ?? NaN;
    const known = of(events, 'step').map(({ loss }) => loss);
    expect(mean).toBeGreaterThanOrEqual(Math.min(...known));
    expect(mean).toBeLessThanOrEqual(Math.max(...known));
    const { checkpoint } = await newestCheckpoint(folder);
    expect(checkpoint?.record.cursor).toEqual({
      ...{ step: 14, epoch: 2, position: 0, batches: 0, lossSum: 0, correct: 0 },
    });
  });

  it('taken over, all get their records, and none is pruned by that', async () => {
    const folder = copied([5, 7, 12, 14]);
    const keepsOne = { ...run(4), checkpoints: { ...config.checkpoints, keep: 1 } };
    expect(of(await start(folder, keepsOne, { takeOver: true }), 'failed')).toEqual([]);
    for (const step of [5, 7, 12, 14]) expect(names(folder)).toContain(`model.ckpt-${step}`);
    const listed = await ask(folder, { type: 'list' });
    expect(listed).toMatchObject({ type: 'list', damaged: [], unrecorded: [] });
  });

  it('are not taken over for another run than run.json’s', async () => {
    await expectRefused(copied([14]), [/seed 1, but 2 is asked for/], run(2, { seed: 2 }), {
      takeOver: true,
    });
    const other = await smallDataset(440, 20);
    const data = { ...config.data, dataset: other };
    await expectRefused(
      copied([14]),
      [/with other images/],
      { ...config, data },
      { takeOver: true },
    );
  });

  it('are not taken over where run.json describes another network than the checkpoint holds', async () => {
    const folder = copied([14]);
    const path = join(folder, 'run.json');
    const record = JSON.parse(readFileSync(path, 'utf8')) as { config: RunConfig };
    record.config.network.layers.splice(1, 0, {
      ...(record.config.network.layers[1] as Extract<
        RunConfig['network']['layers'][number],
        { type: 'dense' }
      >),
      units: 12,
    });
    writeFileSync(path, JSON.stringify(record));
    const words = [/dense_1\/weights is \[784, 10\] in the checkpoint, \[784, 12\] in the network/];
    await expectRefused(folder, [...words, /cannot be taken over/, /--weights-from/]);
    await expectRefused(folder, words, record.config, { takeOver: true });
  });

  it('are not taken over where they are damaged, or named for another step', async () => {
    const [short, renamed] = [copied([14]), copied([14])];
    const data = join(short, 'model.ckpt-14.data-00000-of-00001');
    writeFileSync(data, readFileSync(data).subarray(0, 100));
    await expectRefused(short, [/shorter than the index says/]);
    await expectRefused(short, [/shorter than the index says/], config, { takeOver: true });
    for (const end of ['index', 'data-00000-of-00001'])
      cpSync(join(renamed, `model.ckpt-14.${end}`), join(renamed, `model.ckpt-20.${end}`));
    rmSync(join(renamed, 'model.ckpt-14.index'));
    await expectRefused(renamed, [/name tells step 20, but it holds step 14/]);
  });

  it('are listed, shown and verified as what they are, and never removed or exported', async () => {
    const folder = copied([7, 14]);
    const before = contents(folder);
    expect(await ask(folder, { type: 'list' })).toMatchObject({
      checkpoints: [],
      unrecorded: [
        { name: 'model.ckpt-14', whose: 'Firstlayer', step: 14, damage: null },
        { name: 'model.ckpt-7', step: 7 },
      ],
    });
    const shown = await ask(folder, { type: 'show', name: 'model.ckpt-14' });
    if (shown.type !== 'show-unrecorded') throw new Error(shown.type);
    expect(shown.checkpoint.variables).toContainEqual({
      name: 'dense_1/weights',
      type: 'float32',
      shape: [784, 10],
    });
    for (const request of [
      { type: 'export', name: 'model.ckpt-14', to: join(temporaryFolder(), 'to') },
      { type: 'delete', name: 'model.ckpt-14' },
      { type: 'pin', name: 'model.ckpt-14', pinned: true },
      { type: 'prune', keep: 1 },
      { type: 'compare', name: 'model.ckpt-14', with: 'model.ckpt-7' },
    ] as const)
      expect(await ask(folder, request)).toMatchObject({
        type: 'refused',
        failure: { what: expect.stringContaining('no record of Firstlayer') as string },
      });
    expect(contents(folder)).toEqual(before);
    const data = join(folder, 'model.ckpt-14.data-00000-of-00001');
    const bytes = readFileSync(data);
    bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
    writeFileSync(data, bytes);
    expect(await ask(folder, { type: 'verify', name: null })).toMatchObject({
      verdicts: [
        {
          name: 'model.ckpt-14',
          recorded: false,
          damage: expect.stringContaining('checksum') as string,
        },
        { name: 'model.ckpt-7', recorded: false, damage: null },
      ],
    });
  });
});

describe('a run some of whose checkpoints have lost their records', () => {
  const some = (...lost: number[]): string => {
    const folder = temporaryFolder();
    cpSync(whole, folder, { recursive: true });
    for (const step of lost) rmSync(join(folder, `model.ckpt-${step}.json`));
    return folder;
  };

  it.each([14, 7])(
    'step %i: is told, and which way goes on from the newest that has one',
    async (lost) => {
      const words = [`model.ckpt-${lost} \\(step ${lost}, Firstlayer`, '--take-over'];
      const newest = lost === 14 ? 12 : 14;
      await expectRefused(some(lost), [
        ...words.map((word) => new RegExp(word)),
        new RegExp(`Go on from model\\.ckpt-${newest} \\(--from\\)`),
      ]);
    },
  );

  it('goes on from the one that is named, leaves the others, and does not ask again', async () => {
    const folder = some(14);
    const before = readFileSync(join(folder, 'model.ckpt-14.index'));
    const events = await start(folder, run(3), { from: 'model.ckpt-12' });
    expect(of(events, 'started')[0]).toMatchObject({ branch: 2, restoredFrom: { step: 12 } });
    expect(readFileSync(join(folder, 'model.ckpt-14.index')).equals(before)).toBe(true);
    const again = await start(folder, run(4));
    expect(of(again, 'failed')).toEqual([]);
    expect(of(again, 'started')[0]).toMatchObject({ branch: 2, restoredFrom: { step: 3 * E } });
  });

  it('goes on from the newest of all once it is taken over', async () => {
    const folder = some(14, 7);
    const events = await start(folder, run(3), { takeOver: true });
    expect(of(events, 'started')[0]).toMatchObject({ branch: 1, restoredFrom: { step: 14 } });
    expect(of(await start(folder, run(4)), 'failed')).toEqual([]);
  });
});

describe('another program’s checkpoints', () => {
  it.each<[string, string, () => Tensor[], RegExp]>([
    [
      'tf.train.Saver',
      'model.ckpt-100',
      saverTensors,
      /model\.ckpt-100 \(step 100, .*tf\.train\.Saver\)/,
    ],
    ['tf.train.Saver', 'model-100', saverTensors, /model-100 \(step 100, .*tf\.train\.Saver\)/],
    ['tf.train.Checkpoint', 'ckpt-1', objectTensors, /ckpt-1 \(step 77, .*tf\.train\.Checkpoint\)/],
  ])(
    'of %s, %s: are no branch of ours; are told, and left as they are',
    async (whose, name, tensors, words) => {
      const folder = temporaryFolder();
      await foreign(folder, name, tensors());
      await expectRefused(folder, [words, /--weights-from/, /--checkpoint-dir/]);
      await expectRefused(folder, [/cannot be taken over/], config, { takeOver: true });
      expect(await ask(folder, { type: 'list' })).toMatchObject({
        checkpoints: [],
        unrecorded: [{ name, whose, damage: null }],
      });
      expect(await ask(folder, { type: 'verify', name })).toMatchObject({
        verdicts: [{ name, damage: null, recorded: false }],
      });
    },
  );

  it('whose files are not all there are told too', async () => {
    const folder = temporaryFolder();
    const prefix = await foreign(folder, 'model-5', saverTensors());
    rmSync(`${prefix}.index`);
    await expectRefused(folder, [/model-5\.index is not there/]);
    await foreign(folder, 'model-5', saverTensors());
    rmSync(`${prefix}.data-00000-of-00001`);
    await expectRefused(folder, [/a data file is not there/]);
    writeFileSync(`${prefix}.index`, 'theirs');
    await expectRefused(folder, [/index cannot be read/]);
  });

  it('beside a run of ours are asked about once', async () => {
    const folder = temporaryFolder();
    cpSync(whole, folder, { recursive: true });
    await foreign(folder, 'ckpt-1', objectTensors(), false);
    await expectRefused(folder, [/ckpt-1/, /--from/]);
    const events = await start(folder, run(3), { from: 'model.ckpt-14' });
    expect(of(events, 'started')[0]).toMatchObject({ branch: 1, restoredFrom: { step: 14 } });
    expect(of(await start(folder, run(4)), 'failed')).toEqual([]);
  });
});

describe('remains without a checkpoint', () => {
  it('run.json of the very run that is asked for begins it anew', async () => {
    const events = await start(copied([], ['checkpoint', 'tensorboard']), config);
    expect(of(events, 'failed')).toEqual([]);
    expect(of(events, 'started')[0]).toMatchObject({ branch: 1, restoredFrom: null });
  });

  it.each<[string, () => RunConfig, RegExp]>([
    ['seed', () => run(2, { seed: 2 }), /its seed is 1, but 2 is asked for/],
    ['network', () => seedRun(), /its network is “tiny”, but/],
  ])('run.json of another run, by its %s, is not written over', async (_, other, words) => {
    const folder = copied([]);
    const asked = other();
    await expectRefused(folder, [words, /run\.json/], {
      ...asked,
      data: config.data,
      training: { ...asked.training, epochs: 1, precision: 'float32' },
    });
  });

  it('run.json of another run is written over once that is chosen', async () => {
    const folder = copied([]);
    const events = await start(folder, run(1, { seed: 2 }), { takeOver: true });
    expect(of(events, 'failed')).toEqual([]);
    expect(readFileSync(join(folder, 'run.json'), 'utf8')).toContain('"seed": 2');
  });

  it('curves or a state file alone are told', async () => {
    const curves = copied([], ['run.json', 'checkpoint', 'filters.jsonl', 'tensorboard']);
    await expectRefused(curves, [/metrics\.jsonl/]);
    const film = temporaryFolder();
    writeFileSync(join(film, FILM), filmFile.firstLine!);
    await expectRefused(film, [/filters\.jsonl/]);
    await expectRefused(copied([], ['run.json', 'metrics.jsonl', 'filters.jsonl', 'tensorboard']), [
      /state file “checkpoint”, which names model\.ckpt-14/,
    ]);
    const theirs = temporaryFolder();
    writeFileSync(join(theirs, 'checkpoint'), 'model_checkpoint_path: "/elsewhere/model-9"\n');
    await expectRefused(theirs, [/another program’s state file.*\/elsewhere\/model-9/]);
  });

  it('of the run’s own description, beside its checkpoints, another’s is not written over', async () => {
    const folder = temporaryFolder();
    cpSync(whole, folder, { recursive: true });
    const path = join(folder, 'run.json');
    const record = JSON.parse(readFileSync(path, 'utf8')) as { config: RunConfig };
    record.config.training.seed = 5;
    writeFileSync(path, JSON.stringify(record));
    await expectRefused(folder, [/run\.json.*describes another run.*seed 5, model\.ckpt-14 has 1/]);
    expect(of(await start(folder, run(3), { takeOver: true }), 'failed')).toEqual([]);
  });

  it('there is nothing to take over in an empty folder, and what is no checkpoint is no matter', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    mkdirSync(join(folder, 'ckpt-3.index'));
    await expectRefused(folder, [/nothing in this folder that could be taken over/], config, {
      takeOver: true,
    });
    const events = await start(folder, config);
    expect(of(events, 'started')[0]).toMatchObject({ branch: 1, restoredFrom: null });
  });

  it('a run under way is not saved among them', async () => {
    const target = copied([], ['run.json', 'checkpoint', 'tensorboard']);
    const before = contents(target);
    let asked = false;
    const events = await trainUntilIdle(temporaryFolder(), config, (event) => {
      if (asked || event.type !== 'saved') return null;
      asked = true;
      return { type: 'save-to', checkpointDir: target };
    });
    expect(of(events, 'warning')[0]?.what).toContain('metrics.jsonl');
    expect(contents(target)).toEqual(before);
  });
});

describe('looking into such a folder', () => {
  async function opened(folder: string, takeOver?: true): Promise<TrainerEvent[]> {
    const events: TrainerEvent[] = [];
    const service = createService((event) => events.push(event));
    service.handle({ type: 'open', checkpointDir: folder, ...(takeOver && { takeOver }) });
    await service.idle;
    service.handle({ type: 'shutdown' });
    await service.idle;
    return events;
  }

  it('says what it is, and takes it over when told to', async () => {
    const folder = copied([7]);
    const before = contents(folder);
    expect(of(await opened(folder), 'opened')[0]).toMatchObject({
      restoredFrom: null,
      found: { what: expect.stringContaining('model.ckpt-7') as string, canTakeOver: true },
    });
    expect(contents(folder)).toEqual(before);
    expect(of(await opened(folder, true), 'opened')[0]).toMatchObject({
      restoredFrom: { step: 7, epoch: 1 },
      found: null,
    });
  });

  it('says why it cannot be taken over, and shows it all the same', async () => {
    const folder = temporaryFolder();
    await foreign(folder, 'ckpt-1', objectTensors());
    const events = await opened(folder, true);
    expect(of(events, 'failed')[0]).toMatchObject({ refused: true });
    expect(of(events, 'opened')[0]?.found).toMatchObject({ canTakeOver: false });
    expect(of(await opened(whole), 'opened')[0]?.found).toBeNull();
  });
});

describe('--weights-from', () => {
  const taken = async (weightsFrom: string): Promise<TrainerEvent[]> =>
    start(temporaryFolder(), run(1, { maxSteps: 1 }), { weightsFrom });

  it('takes a folder, a prefix and each of a checkpoint’s files', async () => {
    const bare = copied([7, 14]);
    for (const [path, from] of [
      [whole, join(whole, 'model.ckpt-14')],
      [bare, join(bare, 'model.ckpt-14')],
      [copied([7, 12], ['checkpoint']), /model\.ckpt-12$/],
      [join(whole, 'model.ckpt-7'), join(whole, 'model.ckpt-7')],
      [join(whole, 'model.ckpt-7.index'), join(whole, 'model.ckpt-7')],
      [join(whole, 'model.ckpt-7.data-00000-of-00001'), join(whole, 'model.ckpt-7')],
      [join(bare, 'checkpoint'), join(bare, 'model.ckpt-14')],
      [join(whole, 'model.ckpt-7.json'), join(whole, 'model.ckpt-7')],
    ] as const) {
      const [started] = of(await taken(path), 'started');
      expect(started?.weightsFrom?.from).toMatch(from);
      expect(started?.weightsFrom?.taken).toContain('dense_1/weights');
    }
  });

  it('goes by another program’s state file, and by a path in it that is not ours to know', async () => {
    const folder = temporaryFolder();
    await foreign(folder, 'old', [floats('dense_1/weights', 784, 10)], false);
    await foreign(folder, 'new-9', [floats('dense_1/weights', 784, 10)], false);
    writeFileSync(join(folder, 'checkpoint'), `model_checkpoint_path: "${join(folder, 'old')}"\n`);
    const [started] = of(await taken(folder), 'started');
    expect(started?.weightsFrom?.from).toBe(join(folder, 'old'));
  });

  it('where names differ lists both sides with their shapes, and which would match', async () => {
    const folder = temporaryFolder();
    await foreign(folder, 'model-100', saverTensors());
    const [failed] = of(await taken(folder), 'failed');
    expect(failed).toMatchObject({ refused: true });
    expect(failed?.remedy).toContain('In the network: dense_1/weights [784, 10]');
    expect(failed?.remedy).toContain('In the checkpoint: layer1/W [784, 10], layer1/b [10]');
    expect(failed?.remedy).toContain('dense_1/weights and layer1/W');
    expect(failed?.remedy).not.toContain('Momentum');
  });

  it('where shapes differ says so too, and names one of the same shape', async () => {
    const folder = temporaryFolder();
    const tensors = [floats('dense_1/weights', 784, 12), floats('dense_2/weights', 784, 10)];
    await foreign(folder, 'model-100', tensors);
    const [failed] = of(await taken(folder), 'failed');
    expect(failed?.remedy).toContain('dense_1/weights and dense_2/weights');
  });

  it('of a checkpoint that is not there is told as that', async () => {
    const [failed] = of(await taken(join(whole, 'model.ckpt-8')), 'failed');
    expect(failed).toMatchObject({ refused: true, where: join(whole, 'model.ckpt-8') });
    expect(failed?.what).toContain('is not there');
  });

  it('is refused where the folder holds none', async () => {
    const [failed] = of(await taken(temporaryFolder()), 'failed');
    expect(failed?.what).toContain('no checkpoint in the folder');
  });
});

describe('in a terminal', () => {
  const checkpointsProgram = builtProgram('checkpoints');

  it('such a folder ends with 2 and the ways; --take-over goes on by its run.json alone', async () => {
    const folder = copied([14]);
    const path = join(folder, 'run.json');
    const record = JSON.parse(readFileSync(path, 'utf8')) as { config: RunConfig };
    record.config.training.epochs = 3;
    writeFileSync(path, JSON.stringify(record));
    const refused = await runCli(['--checkpoint-dir', folder, '--config', configFile(config)]);
    expect(refused.code).toBe(2);
    expect(refused.error).toContain('--take-over');
    expect(refused.error).toContain(folder);
    const { code, out, error } = await runCli(['--checkpoint-dir', folder, '--take-over']);
    expect(code, error).toBe(0);
    expect(out).toContain(`Restored model parameters from ${join(folder, 'model.ckpt-14')}`);
    expect(out).toContain('Training: epoch 3');
  });

  it('checkpoints list and verify show it without a record', () => {
    const folder = copied([14]);
    const args = (command: string): string[] => [
      checkpointsProgram,
      command,
      '--checkpoint-dir',
      folder,
    ];
    const list = spawnSync(process.execPath, args('list'), { encoding: 'utf8' });
    expect(list.stdout).toMatch(/^model\.ckpt-14 +14 .*without a record of Firstlayer/m);
    const verified = spawnSync(process.execPath, args('verify'), { encoding: 'utf8' });
    expect(verified).toMatchObject({ status: 0 });
    expect(verified.stdout).toMatch(/model\.ckpt-14: good by TensorFlow’s own checksums/);
  });
});
