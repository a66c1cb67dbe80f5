import { renameSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usualAppearance, type Appearance } from '../../../shared/appearance.ts';
import type { RunConfig } from '../../../shared/config.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { createService } from '../../../main/trainer/service.ts';
import { runCli, tinyRun, configFile } from '../../support/cli.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** What is done to the data as they are read, and data that lie elsewhere than they did. */

const dataset = await smallDataset(450, 100);

const withData = (config: RunConfig, data: Partial<RunConfig['data']>): RunConfig => ({
  ...config,
  data: { ...config.data, ...data },
});
const epochs = (config: RunConfig, count: number): RunConfig => ({
  ...config,
  training: { ...config.training, epochs: count },
});
const tiny = (): RunConfig => epochs(tinyRun(dataset), 1);

const imagesIn = (events: readonly TrainerEvent[]): unknown =>
  events.flatMap((event) =>
    (event.type === 'started' || event.type === 'opened') && event.images ? [event.images] : [],
  )[0];

async function opened(checkpointDir: string): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  const service = createService((event) => events.push(event));
  service.handle({ type: 'open', checkpointDir });
  service.handle({ type: 'shutdown' });
  await service.idle;
  return events;
}

const images = (appearance: Appearance): unknown => ({
  height: 28,
  width: 28,
  channels: 1,
  appearance,
  classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
});

it('how the images look is told at the start, and of the checkpoint without the data', async () => {
  const usual = temporaryFolder();
  const events = await trainUntilIdle(usual, tiny());
  expect(failures(events)).toEqual([]);
  expect(imagesIn(events)).toEqual(images(usualAppearance));

  const folder = temporaryFolder();
  const turned = await trainUntilIdle(folder, withData(tiny(), { transpose: true, invert: true }));
  const appearance = { ...usualAppearance, transposed: true, inverted: true };
  expect(imagesIn(turned)).toEqual(images(appearance));
  expect(failures(turned)).toEqual([
    expect.objectContaining({
      type: 'warning',
      what: expect.stringContaining('dark ink') as string,
    }),
    expect.objectContaining({
      type: 'warning',
      what: expect.stringContaining('rows and columns') as string,
    }),
  ]);
  expect(imagesIn(await opened(folder))).toEqual(images(appearance));
  expect(checkpointHash(folder, STEPS_AN_EPOCH)).not.toBe(checkpointHash(usual, STEPS_AN_EPOCH));
});

it.each(['transpose', 'invert'] as const)('a run does not go on with another %s', async (name) => {
  const folder = temporaryFolder();
  const first = withData(tiny(), { [name]: true });
  await trainUntilIdle(folder, first);
  const [failed] = (await trainUntilIdle(folder, epochs(tiny(), 2))).filter(
    ({ type }) => type === 'failed',
  );
  expect(failed).toMatchObject({
    refused: true,
    what: expect.stringMatching(`with ${name} true, but false is asked for`) as string,
  });
  const again = await trainUntilIdle(folder, epochs(first, 2));
  expect(again.at(-2)).toMatchObject({ type: 'finished', epoch: 2 });
});

it('--transpose and --invert are the run’s; --no-transpose and --no-invert take them back', async () => {
  const data = async (config: RunConfig, ...options: string[]): Promise<RunConfig['data']> => {
    const { out } = await runCli(['--config', configFile(config), '--print-config', ...options]);
    return (JSON.parse(out) as RunConfig).data;
  };
  const both = { transpose: true, invert: true };
  expect(await data(tiny(), '--transpose', '--invert')).toMatchObject(both);
  expect(await data(withData(tiny(), both))).toMatchObject(both);
  expect(await data(withData(tiny(), both), '--no-transpose', '--no-invert')).toMatchObject({
    transpose: false,
    invert: false,
  });
  const { code, error } = await runCli(['--transpose', '--no-transpose']);
  expect(code).toBe(2);
  expect(error).toMatch(/--transpose and --no-transpose are opposites/);
});

describe('a run whose data have moved', () => {
  it('says so, and goes on to the same bits where they lie now', async () => {
    const [straight, folder] = [temporaryFolder(), temporaryFolder()];
    const before = await smallDataset(450, 100);
    await trainUntilIdle(straight, epochs(tinyRun(before), 2));
    await trainUntilIdle(folder, epochs(tinyRun(before), 1));
    const after = join(temporaryFolder(), 'moved');
    renameSync(before, after);
    const options = ['--checkpoint-dir', folder, '--epochs', '2', '--json'];
    const lost = await runCli(options);
    expect(lost.code).toBe(2);
    expect(lost.error).toMatch(/no such dataset folder[^]*If it was moved.*--dataset/);
    const found = await runCli([...options, '--dataset', after]);
    expect(found.code, found.error).toBe(0);
    expect(checkpointHash(folder, 2 * STEPS_AN_EPOCH)).toBe(
      checkpointHash(straight, 2 * STEPS_AN_EPOCH),
    );
    // From now on it knows where they lie.
    expect((await runCli(['--checkpoint-dir', folder, '--epochs', '3', '--json'])).code).toBe(0);
  });

  it('does not go on with others', async () => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, tiny());
    const others = await smallDataset(451, 100);
    const { code, error } = await runCli(['--checkpoint-dir', folder, '--dataset', others]);
    expect(code).toBe(2);
    expect(error).toMatch(/with other images/);
  });
});

/** The very same bytes as images of another shape. */
function reshaped(folder: string, height: number, width: number): string {
  for (const part of ['train', 't10k']) {
    const path = join(folder, `${part}-images-idx3-ubyte`);
    const bytes = readFileSync(path);
    bytes.writeUInt32BE(height, 8);
    bytes.writeUInt32BE(width, 12);
    writeFileSync(path, bytes);
  }
  return folder;
}

it('a network of 14×56 is asked about images of 14×56, and about no others', async () => {
  const folder = temporaryFolder();
  const wide = reshaped(await smallDataset(450, 100), 14, 56);
  const events = await trainUntilIdle(folder, epochs(tinyRun(wide), 1));
  expect(failures(events)).toEqual([]);
  expect(imagesIn(events)).toEqual({
    ...(images(usualAppearance) as object),
    height: 14,
    width: 56,
  });
  const answers: TrainerEvent[] = [];
  const service = createService((event) => answers.push(event));
  service.handle({ type: 'open', checkpointDir: folder });
  await service.idle;
  const pixels = new Uint8Array(784);
  const ask = (height: number, width: number): TrainerEvent => {
    const image = { height, width, channels: 1, pixels };
    service.handle({ type: 'ask', id: 1, question: { type: 'predict', image } });
    return answers.at(-1)!;
  };
  expect(ask(14, 56)).toMatchObject({ type: 'answer', answer: { type: 'predict' } });
  expect(ask(28, 28)).toMatchObject({
    type: 'refused',
    what: 'The picture is 28×28, but this network was trained on 14×56.',
  });
  service.handle({ type: 'shutdown' });
  await service.idle;
});
