import * as v from 'valibot';
import { peers } from '../contestants/peers.ts';
import { cifarTask } from '../contestants/task.ts';
import { ownProgram } from '../program.ts';
import type { Progress } from '../progress.ts';
import { temporaryFolder } from '../temporary.ts';
import { writePictures } from '../cifar-data.ts';

/** Test accuracy of the preset for CIFAR-10, and of the same network, optimizer, rates and moved images in Keras. */
export interface CifarAccuracy {
  epochs: number;
  rows: { name: string; library: string; accuracy: number }[];
}

export interface CifarAccuracyOptions {
  epochs: number;
  /** Pictures of CIFAR-10. */
  images: string;
  python: string | null;
}

const EPOCH_SECONDS = { ours: 60, keras: 120 };

/** Expected seconds. */
export const cifarAccuracySeconds = (epochs: number, python: string | null): number =>
  epochs * (EPOCH_SECONDS.ours + (python === null ? 0 : EPOCH_SECONDS.keras));

const learned = v.looseObject({ precision: v.string(), accuracy: v.number() });

/** @throws FailureError where the pictures cannot be read */
export async function measureCifarAccuracy(
  { epochs, images, python }: CifarAccuracyOptions,
  progress: Progress,
): Promise<CifarAccuracy> {
  const dataset = temporaryFolder();
  progress.begin('Reading the pictures');
  await writePictures(dataset, images);
  progress.begin('This engine');
  const options = { folder: temporaryFolder(), preset: 'cifar', epochs, target: null, dataset };
  const program = ownProgram('this engine', 'learn-main.js', options);
  const { precision, accuracy } = v.parse(learned, await program.next());
  program.end();
  progress.add(epochs * EPOCH_SECONDS.ours);
  const rows = [{ name: `this engine, ${precision}`, library: '', accuracy }];
  if (python !== null) rows.push(await trainKeras(python, dataset, epochs, progress));
  return { epochs, rows };
}

async function trainKeras(
  python: string,
  dataset: string,
  epochs: number,
  progress: Progress,
): Promise<CifarAccuracy['rows'][number]> {
  const all = peers(python, cifarTask(dataset), { augmented: true, epochs });
  const entry = all.find(({ engine, precision }) => engine === 'keras' && precision === 'float32');
  if (!entry) throw new Error('There is no Keras.');
  const contestant = await entry.start(1);
  try {
    let accuracy = 0;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      progress.begin(`Epoch ${epoch} of ${epochs}: ${entry.name}`);
      accuracy = await contestant.epoch();
      progress.add(EPOCH_SECONDS.keras);
    }
    return { name: entry.name, library: contestant.library, accuracy };
  } finally {
    contestant.end();
  }
}
