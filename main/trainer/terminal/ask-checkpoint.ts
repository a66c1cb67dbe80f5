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

/** What to ask the network of a checkpoint. */
export interface Inquiry {
  folder: string;
  /** A checkpoint's name; undefined: the newest good one. */
  from: string | undefined;
  what: QuestionName;
  /** Number of one of the test images. */
  image: number;
  /** Where they lie; undefined: where they lay when the run was trained. */
  dataset: string | undefined;
  /** A layer's number or name; null: the last one, for Grad-CAM the last convolution. */
  layer: string | null;
  /** Null: the class that wins. */
  class: number | null;
}

export interface Found {
  /** The checkpoint's path. */
  checkpoint: string;
  /** What was shown, and what the network takes it for; null where no image was needed. */
  image: { number: number; label: number; probabilities: number[] } | null;
  /** What the classes are called, in the order of the probabilities. */
  classNames: readonly string[];
  /** Name of the layer that was looked at. */
  layer: string | null;
  answer: Answer;
  /** Damaged checkpoints that were passed over, and the like. */
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
    const question = questionOf(inquiry, example?.image ?? null, names);
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

/** Of what was given, a question takes the parts that it has. */
function questionOf(
  { what, class: of, layer: named }: Inquiry,
  image: Picture | null,
  names: readonly string[],
): Question {
  const layer = named === null ? null : layerNumber(named, names);
  const given: Record<string, unknown> = { type: what, image, class: of, layer };
  const parts = Object.keys(questions[what].asked.entries);
  return v.parse(questionSchema, Object.fromEntries(parts.map((part) => [part, given[part]])));
}

function layerName(answer: Answer, names: readonly string[]): string | null {
  const number = 'layer' in answer ? answer.layer : null;
  return number === null ? null : (names[number] ?? null);
}

/** A layer's number, by itself or by the layer's name. */
function layerNumber(layer: string, names: readonly string[]): number {
  const number = /^\d+$/.test(layer) ? Number(layer) : names.indexOf(layer);
  if (number >= 0 && number < names.length) return number;
  throw new FailureError({
    what: `The network has no layer ${shown(layer)}.`,
    where: '--layer',
    remedy: `Name one of ${names.map((name, k) => `${k} ${name}`).join(', ')}.`,
  });
}

/** One of the test images, read as the run reads its images. */
async function loadTestImage(
  data: RunConfig['data'],
  { image: number, dataset }: Inquiry,
): Promise<{ image: Picture; label: number }> {
  if (dataset === undefined && !isDatasetThere(data.dataset)) throw movedDataset(data.dataset);
  const opened = await openDataset(
    // Which images are the test’s does not depend on how many validate.
    { ...data, dataset: dataset ?? data.dataset, validationSize: 0 },
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
