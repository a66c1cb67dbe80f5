import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBundle, readBundleFloats } from '../../../main/trainer/checkpoint/bundle/read.ts';
import { FILM, frameLine } from '../../../main/trainer/checkpoint/film/film-lines.ts';
import { readFilm } from '../../../main/trainer/checkpoint/film/read-film.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { firstBranch } from '../../../shared/branch.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { image, testBatch } from '../../support/gradients.ts';
import { convolution, descent, withScores } from '../../support/networks.ts';
import { failures, smallRun, STEPS_AN_EPOCH as E, trainUntilIdle } from '../../support/trainer.ts';

/** The film of the first layer's filters, of real runs. */

const dataset = await smallDataset(450, 20);
const run = smallRun(dataset, 'float32');
const LAST = 3 * E;
const digits = { height: 28, width: 28, channels: 1, classes: 10 };
const KERNELS = compile(run, 'float32', digits).firstFilters!.name;

const filmOf = async (folder: string, last = LAST) => {
  const { film, problems } = await readFilm(folder, firstBranch, last);
  expect(problems).toEqual([]);
  return film;
};

it('has the kernels of each checkpoint to the bit, and a run that was killed ends with the same film', async () => {
  const [whole, killed] = [temporaryFolder(), temporaryFolder()];
  const events = await trainUntilIdle(whole, run, (event) => {
    // As a kill at this moment would leave the folder.
    if (event.type === 'saved' && event.step === 2 * E) cpSync(whole, killed, { recursive: true });
    return null;
  });
  expect(failures(events)).toEqual([]);
  const film = await filmOf(whole);
  expect(film).toMatchObject({ shape: [3, 3, 1, 32], tried: 32 });
  expect(film.frames.map(({ step }) => step)).toEqual([0, E, 8, 2 * E, 16, LAST]);
  for (const step of [E, 2 * E, LAST]) {
    const bundle = await openBundle(join(whole, `model.ckpt-${step}`));
    const kernels = (await readBundleFloats(bundle, bundle.variables)).get(KERNELS);
    expect(kernels).toHaveLength(3 * 3 * 32);
    expect(film.frames.find((frame) => frame.step === step)?.values).toEqual(kernels);
  }

  // A frame was written after the checkpoint that the run goes on from.
  const values = new Float32Array(3 * 3 * 32).fill(9);
  const late = { branch: 1, step: 16, reason: 'step', dead: null, values } as const;
  appendFileSync(join(killed, FILM), `${frameLine(late)}\n`);
  expect(failures(await trainUntilIdle(killed, run))).toEqual([]);
  expect(await filmOf(killed)).toEqual(film);
  expect(checkpointHash(killed, LAST)).toBe(checkpointHash(whole, LAST));
});

it.each([
  ['a ReLU of its own', 'relu', [2]],
  ['no ReLU', 'tanh', null],
] as const)(
  'calls dead a filter that answers to no image, where there is %s',
  async (_, activation, dead) => {
    const layers = withScores(convolution({ activation, bias: false }));
    const config = descent(layers);
    const session = await Session.begin(
      compile(config, 'float32', { ...image, classes: 10 }),
      null,
    );
    const kernelSize = 3 * 3 * image.channels;
    session.kernels.set(
      Array.from({ length: kernelSize }, (__, k) => ({
        row: Math.floor(k / (3 * image.channels)),
        column: Math.floor(k / image.channels) % 3,
        channel: k % image.channels,
        filter: 2,
        value: -1,
      })),
    );
    const { images } = testBatch(8, 3);
    expect(session.kernels.deadFor(images)).toEqual(dead);
    session.close();
  },
);
