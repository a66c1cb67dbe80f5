import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CheckpointAnswer, CheckpointRequest } from '../../../shared/checkpoint-protocol.ts';
import type { RunConfig } from '../../../shared/config.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { answerCheckpointRequest } from '../../../main/trainer/checkpoint/requests/answer-request.ts';
import { createService } from '../../../main/trainer/service.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';
import { builtProgram } from '../../support/built-programs.ts';

/** What a person may do with a checkpoint folder, on the real trainer and a real file system. */

const E = STEPS_AN_EPOCH;
const cli = builtProgram('train');

const dataset = await smallDataset(450, 100);
afterEach(() => {
  vi.unstubAllEnvs();
});

const run = (epochs: number, checkpoints: Partial<RunConfig['checkpoints']> = {}): RunConfig => {
  const small = smallRun(dataset, 'float32');
  return {
    ...small,
    training: { ...small.training, epochs },
    checkpoints: { ...small.checkpoints, ...checkpoints },
  };
};

const names = (folder: string): string[] =>
  readdirSync(folder)
    .flatMap((name) => /^(.*)\.index$/.exec(name)?.[1] ?? [])
    .sort();

const of = <T extends TrainerEvent['type']>(
  events: readonly TrainerEvent[],
  type: T,
): TrainerEventOf<T>[] => events.filter((event): event is TrainerEventOf<T> => event.type === type);

const ask = (folder: string, request: CheckpointRequest): Promise<CheckpointAnswer> =>
  answerCheckpointRequest(folder, null, request);

/** As `trainUntilIdle`, from a checkpoint of the folder or with weights of another. */
async function trainFrom(
  checkpointDir: string,
  config: RunConfig,
  more: { from?: string; weightsFrom?: string },
): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  const service = createService((event) => events.push(event));
  service.handle({ type: 'start', checkpointDir, config, ...more });
  await service.idle;
  return events;
}

describe('going back', () => {
  it('begins a branch: what came after is kept, and the curves part where the runs did', async () => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, run(3));
    const fast = run(3);
    // So much that the loss moves at once: with its small start the network stands still for the first dozens of steps.
    fast.optimizer = { ...fast.optimizer, learningRate: 1 };
    const events = await trainFrom(folder, fast, { from: `model.ckpt-${E}` });
    expect(failures(events)).toEqual([]);
    expect(of(events, 'started')[0]).toMatchObject({ branch: 2, restoredFrom: { step: E } });
    expect(names(folder)).toEqual(
      [
        ...[E, 2 * E, 3 * E].flatMap((step) => [
          `model.branch-2.ckpt-${step}`,
          `model.ckpt-${step}`,
        ]),
      ].sort(),
    );
    expect(checkpointHash(folder, E, 2)).toBe(checkpointHash(folder, E));
    expect(checkpointHash(folder, 3 * E, 2)).not.toBe(checkpointHash(folder, 3 * E));

    const opened: TrainerEvent[] = [];
    const service = createService((event) => opened.push(event));
    service.handle({ type: 'open', checkpointDir: folder });
    service.handle({ type: 'open', checkpointDir: folder, from: `model.ckpt-${3 * E}` });
    await service.idle;
    const [newest, left] = of(opened, 'opened');
    expect(newest?.restoredFrom?.path).toContain('branch-2');
    const epochs = ({ history }: TrainerEventOf<'opened'>) =>
      history.epochs.map(({ step, train }) => [step, train.loss]);
    expect(epochs(newest!).map(([step]) => step)).toEqual([E, 2 * E, 3 * E]);
    expect(epochs(newest!)[0]).toEqual(epochs(left!)[0]);
    expect(epochs(newest!).slice(1)).not.toEqual(epochs(left!).slice(1));
    expect(readdirSync(join(folder, 'tensorboard')).sort()).toEqual([
      'branch-2',
      'train',
      'validation',
    ]);
  });

  it('to a checkpoint that is not there is refused by naming those that are', async () => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, run(1));
    const [failed] = of(await trainFrom(folder, run(1), { from: 'model.ckpt-5' }), 'failed');
    expect(failed?.what).toContain('model.ckpt-5');
    expect(failed?.remedy).toContain(`model.ckpt-${E}`);
  });
});

describe('weights from another run', () => {
  it('are taken where name and shape match; the others start as ever, and it is said', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await trainUntilIdle(one, run(1));
    const other = run(1);
    other.network = {
      name: 'wider',
      layers: other.network.layers.map((layer) =>
        layer.type === 'dense' && layer.units === 625 ? { ...layer, units: 100 } : layer,
      ),
    };
    const refused = await trainFrom(one, other, {});
    expect(of(refused, 'failed')[0]?.what).toMatch(
      /dense_1\/weights is \[2048, 625\] in the checkpoint, \[2048, 100\] in the network/,
    );
    const stopped = { ...other, training: { ...other.training, maxSteps: 1 } };
    stopped.optimizer = { ...stopped.optimizer, learningRate: 1e-30 };
    const events = await trainFrom(two, stopped, { weightsFrom: join(one, `model.ckpt-${E}`) });
    const [started] = of(events, 'started');
    expect(started?.weightsFrom?.taken.sort()).toEqual([
      'convolution_1/weights',
      'convolution_2/weights',
      'convolution_3/weights',
    ]);
    expect(started?.weightsFrom?.left).toHaveLength(2);
    mkdirSync(join(two, 'both'));
    const source = join(two, 'both', 'model.ckpt-1');
    for (const end of ['.index', '.data-00000-of-00001', '.json'])
      writeFileSync(`${source}${end}`, readFileSync(join(one, `model.ckpt-${E}${end}`)));
    const taken = await floatsOf(join(two, 'model.ckpt-1'));
    const given = await floatsOf(join(one, `model.ckpt-${E}`));
    expect(taken.get('convolution_2/weights')).toEqual(given.get('convolution_2/weights'));
  });
});

async function floatsOf(prefix: string): Promise<Map<string, Float32Array>> {
  const { readFloats, readIndex } = await import('../../../main/trainer/checkpoint/bundle/read.ts');
  return readFloats(`${prefix}.data-00000-of-00001`, await readIndex(`${prefix}.index`));
}

describe('saving', () => {
  it('within an epoch happens every so many steps, and ends with the same bits', async () => {
    const [often, seldom] = [temporaryFolder(), temporaryFolder()];
    const events = await trainUntilIdle(often, run(2, { everySteps: 3, keep: 50 }));
    expect(of(events, 'saved').map(({ step }) => step)).toEqual([3, 6, 7, 10, 13, 14]);
    await trainUntilIdle(seldom, run(2));
    expect(checkpointHash(often, 2 * E)).toBe(checkpointHash(seldom, 2 * E));
  });

  it('by time happens too', async () => {
    const events = await trainUntilIdle(temporaryFolder(), run(1, { everyMinutes: 1e-6 }));
    expect(of(events, 'saved').length).toBeGreaterThan(2);
  });

  it('into a folder that is gone is said, training goes on, and saving resumes in another', async () => {
    const [folder, next] = [temporaryFolder(), temporaryFolder()];
    let moved = false;
    const events = await trainUntilIdle(folder, run(3), (event) => {
      if (event.type === 'started') rmSync(folder, { recursive: true });
      if (event.type !== 'warning' || moved) return null;
      moved = true;
      return { type: 'save-to', checkpointDir: next };
    });
    expect(of(events, 'warning')[0]).toMatchObject({ where: folder });
    expect(of(events, 'warning')[0]?.what).toContain('gone');
    expect(of(events, 'finished')).toHaveLength(1);
    expect(existsSync(folder)).toBe(false);
    expect(of(events, 'saved').at(-1)?.path).toBe(join(next, `model.ckpt-${3 * E}`));
    const reference = temporaryFolder();
    await trainUntilIdle(reference, run(3));
    expect(checkpointHash(next, 3 * E)).toBe(checkpointHash(reference, 3 * E));
  });

  it('resumes by itself when the folder comes back', async () => {
    const folder = temporaryFolder();
    const away = `${folder}-away`;
    const events = await trainUntilIdle(folder, run(3), (event) => {
      if (event.type === 'started') renameSync(folder, away);
      if (event.type === 'warning') renameSync(away, folder);
      return null;
    });
    expect(of(events, 'warning')).toHaveLength(1);
    expect(of(events, 'saved').at(-1)?.step).toBe(3 * E);
  });

  it('never goes into a folder that took the other’s place; at the end it is rescued', async () => {
    const folder = temporaryFolder();
    const home = temporaryFolder();
    vi.stubEnv('HOME', home);
    expect(homedir()).toBe(home);
    const events = await trainUntilIdle(folder, run(1), (event) => {
      if (event.type !== 'started') return null;
      renameSync(folder, `${folder}-moved`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'mine.txt'), 'mine');
      return null;
    });
    const [failed] = of(events, 'failed');
    expect(failed?.what).toContain('Another folder');
    expect(readdirSync(folder)).toEqual(['mine.txt']);
    const rescued = join(home, readdirSync(home)[0] ?? '');
    expect(failed?.remedy).toContain(rescued);
    expect(existsSync(join(rescued, `model.ckpt-${E}.json`))).toBe(true);
  });
});

it('a start that failed leaves the service ready for the next', async () => {
  const file = join(temporaryFolder(), 'a file');
  writeFileSync(file, '');
  const events: TrainerEvent[] = [];
  const service = createService((event) => events.push(event));
  service.handle({ type: 'start', checkpointDir: file, config: run(1) });
  await service.idle;
  expect(of(events, 'failed')).toHaveLength(1);
  service.handle({ type: 'start', checkpointDir: temporaryFolder(), config: run(1) });
  await service.idle;
  expect(of(events, 'finished')).toHaveLength(1);
  service.handle({ type: 'shutdown' });
});

describe('one writer', () => {
  it('a second process is refused by naming the first, may look, and may write when that was killed', async () => {
    const folder = temporaryFolder();
    const config = join(temporaryFolder(), 'config.json');
    writeFileSync(config, JSON.stringify(run(1000)));
    const args = [cli, '--checkpoint-dir', folder, '--config', config, '--json'];
    const first = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise<void>((resolve) => {
      first.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('"saved"')) resolve();
      });
    });
    const [failed] = of(await trainUntilIdle(folder, run(1)), 'failed');
    expect(failed?.what).toContain(`process ${first.pid ?? 0}`);
    expect(await ask(folder, { type: 'pin', name: names(folder)[0]!, pinned: true })).toMatchObject(
      {
        type: 'refused',
        failure: { what: expect.stringContaining('training in this folder') as string },
      },
    );
    const opened: TrainerEvent[] = [];
    const service = createService((event) => opened.push(event));
    service.handle({ type: 'open', checkpointDir: folder });
    await service.idle;
    expect(of(opened, 'opened')[0]?.restoredFrom).not.toBeNull();
    expect(of(opened, 'opened')[0]?.warnings[0]?.what).toContain(`process ${first.pid ?? 0}`);
    const exited = once(first, 'exit');
    first.kill('SIGKILL');
    await exited;
    const more = { ...run(1000), training: { ...run(1000).training, maxSteps: 1 } };
    expect(failures(await trainUntilIdle(folder, more))).toEqual([]);
  });
});

describe('asked about its checkpoints', () => {
  let folder = '';
  beforeAll(async () => {
    folder = temporaryFolder();
    await trainUntilIdle(folder, run(3));
  });
  const newest = `model.ckpt-${3 * E}`;
  const oldest = `model.ckpt-${E}`;

  it('lists them, newest first, with what they are', async () => {
    const answer = await ask(folder, { type: 'list' });
    if (answer.type !== 'list') throw new Error(answer.type);
    expect(answer.checkpoints.map(({ name }) => name)).toEqual([
      newest,
      `model.ckpt-${2 * E}`,
      oldest,
    ]);
    expect(answer.checkpoints.map(({ isNewest }) => isNewest)).toEqual([true, false, false]);
    expect(answer.checkpoints.filter(({ isBest }) => isBest)).toHaveLength(1);
  });

  it('calls best the lowest validation loss, which a checkpoint within an epoch has none of', async () => {
    const within = temporaryFolder();
    await trainUntilIdle(within, run(2, { everySteps: 3, keep: 100 }));
    const list = async () => {
      const answer = await ask(within, { type: 'list' });
      if (answer.type !== 'list') throw new Error(answer.type);
      return answer.checkpoints;
    };
    const before = await list();
    const losses = before.map(({ validationLoss }) => validationLoss);
    const [second, first] = losses.filter((loss) => loss !== null);
    expect(before.map(({ step }) => step)).toEqual([2 * E, 13, 10, E, 6, 3]);
    expect(losses).toEqual([second, null, null, first, null, null]);
    const isBest = (step: number) => (c: { step: number; isBest: boolean }) =>
      c.isBest === (c.step === step);
    const best = second! < first! ? 2 * E : E;
    expect(before.every(isBest(best))).toBe(true);
    // Those within the second epoch still carry the first one's loss.
    await ask(within, { type: 'delete', name: `model.ckpt-${E}` });
    expect((await list()).every(isBest(2 * E))).toBe(true);
    expect(await ask(within, { type: 'show', name: 'model.ckpt-10' })).toMatchObject({
      checkpoint: { validation: null },
    });
  });

  it('shows one’s settings and variables', async () => {
    const answer = await ask(folder, { type: 'show', name: oldest });
    if (answer.type !== 'show') throw new Error(answer.type);
    expect(answer.checkpoint.config).toEqual(run(3));
    expect(answer.checkpoint.variables).toContainEqual({
      name: 'dense_1/weights/RMSProp',
      type: 'float32',
      shape: [2048, 625],
    });
    expect(answer.checkpoint.variables).toHaveLength(16);
  });

  it('compares two', async () => {
    const same = await ask(folder, { type: 'compare', name: oldest, with: oldest });
    if (same.type !== 'compare') throw new Error(same.type);
    expect(same.comparison.settings).toEqual([]);
    expect(same.comparison.weights.map(({ distance }) => distance)).toEqual([0, 0, 0, 0, 0]);
    const apart = await ask(folder, { type: 'compare', name: oldest, with: newest });
    if (apart.type !== 'compare') throw new Error(apart.type);
    for (const { distance } of apart.comparison.weights) expect(distance).toBeGreaterThan(0);
  });

  it('exports one that TensorFlow restores, into an empty folder only', async () => {
    const to = join(temporaryFolder(), 'out');
    expect(await ask(folder, { type: 'export', name: oldest, to })).toEqual({
      type: 'export',
      path: join(to, oldest),
    });
    expect(checkpointHash(to, E)).toBe(checkpointHash(folder, E));
    expect(await ask(folder, { type: 'export', name: newest, to })).toMatchObject({
      type: 'refused',
      failure: { where: to },
    });
  });

  it('keeps what is pinned from being pruned, removes what is not, and says which is damaged', async () => {
    await ask(folder, { type: 'pin', name: oldest, pinned: true });
    const best = await ask(folder, { type: 'list' });
    if (best.type !== 'list') throw new Error(best.type);
    const kept = best.checkpoints
      .filter(({ isBest, isNewest, pinned }) => isBest || isNewest || pinned)
      .map(({ name }) => name);
    const pruned = await ask(folder, { type: 'prune', keep: 1 });
    expect(pruned).toMatchObject({ type: 'removed' });
    expect(names(folder)).toEqual([...kept].sort());
    writeFileSync(join(folder, `${newest}.index`), 'torn');
    const verified = await ask(folder, { type: 'verify', name: null });
    if (verified.type !== 'verify') throw new Error(verified.type);
    expect(verified.verdicts.find(({ name }) => name === newest)?.damage).toContain('4 bytes');
    expect(verified.verdicts.find(({ name }) => name === oldest)?.damage).toBeNull();
    expect(await ask(folder, { type: 'delete', name: newest })).toEqual({
      type: 'removed',
      names: [newest],
    });
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).not.toContain(newest);
  });
});
