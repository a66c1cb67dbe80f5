import * as v from 'valibot';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { layerNames } from '../../../shared/layer-names.ts';
import {
  questions,
  questionSchema,
  type Answer,
  type Picture,
  type Question,
  type QuestionName,
} from '../../../shared/questions.ts';
import { shown } from '../../../shared/shown.ts';
import { openDataset } from '../data/dataset.ts';
import { imageBytes, unwatched } from '../data/raw-dataset.ts';
import { isDatasetThere } from '../data/source.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';
import { OpenedCheckpoint } from './opened-checkpoint.ts';

/** A question to the network of a checkpoint. */
export interface Inquiry {
  folder: string;
  /** A checkpoint's name; undefined means the newest good one. */
  from: string | undefined;
  what: QuestionName;
  /** Number of the test image. */
  image: number;
  /** The place of the data; undefined means where they were when the run was trained. */
  dataset: string | undefined;
  /** A layer's number or name; null means the last one, for Grad-CAM the last convolution. */
  layer: string | null;
  /** A class; null means the most probable one. */
  class: number | null;
}

export interface Found {
  /** The checkpoint's path. */
  checkpoint: string;
  /** The image that was shown, and the network's probabilities for it; null if no image was needed. */
  image: { number: number; label: number; probabilities: number[] } | null;
  /** Names of the classes, in the order of the probabilities. */
  classNames: readonly string[];
  /** Name of the layer in question. */
  layer: string | null;
  answer: Answer;
  /** Warnings, such as damaged checkpoints that were passed over. */
  warnings: readonly Failure[];
}

/**
 * Opens a checkpoint and asks its network.
 * @throws FailureError
 */
export async function askCheckpoint(inquiry: Inquiry): Promise<Found> {
  const opened = await OpenedCheckpoint.open(inquiry.folder, inquiry.from);
  try {
    const { path: checkpoint, config, classNames, warnings } = opened;
    const names = layerNames(config.network.layers);
    const example = needsImage(inquiry.what) ? await loadTestImage(config.data, inquiry) : null;
    const question = questionOf(inquiry, example, names);
    const image = example && {
      number: inquiry.image,
      label: example.label,
      probabilities: opened.ask({ type: 'predict', image: example.image }).probabilities,
    };
    const answer = opened.ask(question);
    return { checkpoint, image, classNames, layer: layerName(answer, names), answer, warnings };
  } finally {
    await opened.close();
  }
}

const needsImage = (what: QuestionName): boolean => 'image' in questions[what].asked.entries;

/** Makes the question of those given parts that it has. */
function questionOf(
  { what, class: named, layer: place }: Inquiry,
  example: { image: Picture; label: number } | null,
  names: readonly string[],
): Question {
  const layer = place === null ? null : layerNumber(place, names);
  // The loss is of a true class, which is the example's own.
  const of = what === 'backpropagation' ? (named ?? example?.label) : named;
  const image = example?.image ?? null;
  const given: Record<string, unknown> = { type: what, image, class: of, layer };
  const parts = Object.keys(questions[what].asked.entries);
  return v.parse(questionSchema, Object.fromEntries(parts.map((part) => [part, given[part]])));
}

function layerName(answer: Answer, names: readonly string[]): string | null {
  const number = 'layer' in answer ? answer.layer : null;
  return number === null ? null : (names[number] ?? null);
}

/** The number of a layer that is given by number or by name. */
function layerNumber(layer: string, names: readonly string[]): number {
  const number = /^\d+$/.test(layer) ? Number(layer) : names.indexOf(layer);
  if (number >= 0 && number < names.length) return number;
  throw new FailureError({
    what: `The network has no layer ${shown(layer)}.`,
    where: '--layer',
    remedy: `Name one of ${names.map((name, k) => `${k} ${name}`).join(', ')}.`,
  });
}

/** Loads one of the test images, read as the run reads its images. */
async function loadTestImage(
  data: RunConfig['data'],
  { image: number, dataset }: Inquiry,
): Promise<{ image: Picture; label: number }> {
  if (dataset === undefined && !isDatasetThere(data.dataset)) throw movedDataset(data.dataset);
  const opened = await openDataset(
    // Which images are test images depends neither on the size of the validation part nor on what training leaves out.
    { ...data, dataset: dataset ?? data.dataset, validationSize: 0, leftOut: null },
    { decode: decodePicture, watch: unwatched },
  );
  const { height, width, channels } = opened;
  const { images, labels, count } = opened.test;
  const label = labels[number];
  if (label === undefined)
    throw new FailureError({
      what: `There is no test image ${number}: there are ${count}, counted from 0.`,
      where: '--image',
      remedy: `Choose one from 0 to ${count - 1}.`,
    });
  const size = imageBytes(opened);
  const pixels = images.subarray(number * size, (number + 1) * size);
  return { image: { height, width, channels, pixels }, label };
}

const movedDataset = (folder: string): FailureError =>
  new FailureError({
    what: 'The folder that this run’s data were read from is not there any more.',
    where: folder,
    remedy:
      'Name where they lie now with --dataset FOLDER. The filters alone (--what filters) can be looked at without data.',
  });
