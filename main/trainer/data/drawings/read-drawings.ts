import { resolve } from 'node:path';
import * as v from 'valibot';
import { appearanceSchema, type Appearance } from '../../../../shared/appearance.ts';
import { firstFew, formatCount, formatFixed } from '../../../../shared/format.ts';
import { IMAGE_ID_BYTES, imageIdAt } from '../../../../shared/image-id.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import {
  classFolders,
  drawingsText,
  MOST_OWN_DRAWINGS,
  type DrawingId,
} from '../../../../shared/own-drawings.ts';
import { coloursOf } from '../../../../shared/picture-fit.ts';
import { printable } from '../../../../shared/shown.ts';
import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import { readBounded, UnfitFileError } from '../../files/bounded-file.ts';
import {
  findDrawings,
  LARGEST_DRAWING,
  picturePath,
  strokesPath,
  type FoundDrawings,
} from '../../files/find-drawings.ts';
import type { DataSettings, ReadingTools } from '../data-settings.ts';
import { makeLabels, sliceExamples, type Examples } from '../examples.ts';
import { imageIdsOf } from '../image-ids.ts';
import { MOST_BYTES } from '../limits.ts';
import { uprightSize } from '../pictures/picture-header.ts';
import { readPictureHeader } from '../pictures/read-picture-header.ts';
import { imageBytes, type ImageForm } from '../raw-dataset.ts';
import { looksAlike, sizeBeforeTurning, turnDrawing } from './turn-drawing.ts';

/** Reads the drawings that a person keeps in Draw, as images like those of a data set or a network. */

/** What the drawings become. */
export interface DrawnForm extends ImageForm {
  appearance: Appearance;
}

type Settings = Pick<DataSettings, 'fit' | 'background' | 'damaged'>;

export interface ReadDrawings {
  /** Where they lie. */
  place: string;
  /** Those of the classes that there are, in the order in which they were kept. */
  examples: Examples;
  /** Of each what it is found again by. */
  ids: string[];
  /** What a person is told: what was left out or changed. */
  findings: Failure[];
}

/** What became of the pictures on the way. */
interface Tally {
  resized: number;
  turned: number;
  damaged: string[];
}

const MOST_NAMED = 5;
/** Most bytes of the strokes beside a picture. */
const LARGEST_STROKES = 32_000_000;
const looksSchema = v.object({ appearance: appearanceSchema });

/**
 * @throws FailureError that names the folder or the drawing that cannot be read, or says that none is of these classes; the signal's
 * reason where it is stopped
 */
export async function readDrawings(
  folder: string,
  form: DrawnForm,
  settings: Settings,
  { decode, watch }: ReadingTools,
): Promise<ReadDrawings> {
  const place = resolve(folder);
  const found = await findIn(place);
  const labels = new Map(classFolders(form.classNames).map((name, label) => [name, label]));
  const fitting = found.drawings
    .filter((each) => labels.has(each.folder))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  checkFound(place, found, fitting, form);
  const size = imageBytes(form);
  const examples = {
    images: new Uint8Array(fitting.length * size),
    labels: makeLabels(fitting.length, form.classNames.length),
  };
  const tally: Tally = { resized: 0, turned: 0, damaged: [] };
  const background = coloursOf(settings.background);
  let count = 0;
  for (const [done, drawing] of fitting.entries()) {
    watch.signal.throwIfAborted();
    const path = picturePath(place, drawing);
    try {
      const file = await readBounded(path, LARGEST_DRAWING);
      const looks = found.withStrokes.has(drawing.name) ? await looksOf(place, drawing) : null;
      const from = looks ?? form.appearance;
      const to = { ...form, ...sizeBeforeTurning(form, from, form.appearance) };
      const own = uprightSize(readPictureHeader(file));
      const pixels = decode(file, { ...to, fit: settings.fit, background });
      const isAlike = looksAlike(from, form.appearance);
      const image = isAlike ? pixels : turnDrawing(pixels, form, from, form.appearance);
      examples.images.set(image, count * size);
      examples.labels[count++] = labels.get(drawing.folder) ?? 0;
      if (own.height !== to.height || own.width !== to.width) tally.resized++;
      if (!isAlike) tally.turned++;
    } catch (cause) {
      if (settings.damaged === 'refuse') throw damagedDrawing(path, cause);
      tally.damaged.push(`${printable(`${drawing.folder}/${drawing.name}`)} ${messageOf(cause)}`);
    }
    watch.progress(done + 1, fitting.length, 'pictures');
  }
  const read = sliceExamples(examples, 0, count, size);
  const bytes = await imageIdsOf(read, size, watch.signal);
  const ids = Array.from({ length: bytes.length / IMAGE_ID_BYTES }, (_, k) => imageIdAt(bytes, k));
  const findings = tell(place, found, fitting, form, tally);
  return { place, examples: read, ids, findings };
}

async function findIn(place: string): Promise<FoundDrawings> {
  try {
    return await findDrawings(place);
  } catch (cause) {
    throw new FailureError(
      {
        what: `The folder of your drawings cannot be read: ${messageOf(cause)}.`,
        where: place,
        remedy:
          'Connect its disk or put it back where it was; choose another one in Draw; or do without your drawings.',
      },
      { cause },
    );
  }
}

/** @throws FailureError where there are none of these classes, or too many */
function checkFound(
  where: string,
  { drawings }: FoundDrawings,
  { length }: readonly DrawingId[],
  form: DrawnForm,
): void {
  if (length === 0)
    throw new FailureError({
      what:
        drawings.length === 0
          ? 'There are no drawings of yours in this folder.'
          : `The ${drawingsText(drawings.length)} in this folder ${drawings.length === 1 ? 'is' : 'are'} of no class that there is here: ${classesText(form.classNames)}.`,
      where,
      remedy: 'In Draw, keep drawings with what they really are; or do without your drawings.',
    });
  const bytes = length * imageBytes(form);
  if (drawings.length <= MOST_OWN_DRAWINGS && bytes <= MOST_BYTES) return;
  throw new FailureError({
    what: `There are ${drawingsText(drawings.length)} in this folder; the most that are read are ${formatCount(MOST_OWN_DRAWINGS)}${bytes > MOST_BYTES ? `, or ${formatFixed(MOST_BYTES / 1e9, 1)} GB of pixels` : ''}.`,
    where,
    remedy: 'Put some of them elsewhere.',
  });
}

/** How the picture looks; null where that cannot be read: it is taken as it is. */
async function looksOf(place: string, drawing: DrawingId): Promise<Appearance | null> {
  try {
    const text = await readBounded(strokesPath(place, drawing), LARGEST_STROKES);
    return v.parse(looksSchema, JSON.parse(text.toString('utf8'))).appearance;
  } catch {
    return null;
  }
}

function damagedDrawing(where: string, cause: unknown): FailureError {
  const fault = systemFault(cause);
  const why = messageOf(cause);
  return new FailureError(
    {
      what:
        fault || cause instanceof UnfitFileError
          ? `This drawing cannot be read: ${why}.`
          : `This drawing cannot be taken: it ${why}.`,
      where,
      remedy:
        fault?.remedy ??
        'Replace or remove it; or leave out what cannot be read, with --damaged leave-out (data.damaged).',
    },
    { cause },
  );
}

const classesText = (names: readonly string[]): string =>
  firstFew(names.map(printable), MOST_NAMED);

function tell(
  where: string,
  { drawings }: FoundDrawings,
  fitting: readonly DrawingId[],
  { height, width, classNames }: DrawnForm,
  { resized, turned, damaged }: Tally,
): Failure[] {
  const known = new Set(classFolders(classNames));
  const others = drawings.filter(({ folder }) => !known.has(folder));
  const folders = [...new Set(others.map(({ folder }) => folder))];
  const are = (count: number): string => `${drawingsText(count)} ${count === 1 ? 'is' : 'are'}`;
  const sentences = [
    others.length > 0 &&
      `${are(others.length)} left out, of classes that there are not here: ${classesText(folders)}.`,
    resized > 0 && `${are(resized)} brought to ${height}×${width}.`,
    turned > 0 && `${are(turned)} turned or inverted, for these images look another way.`,
  ];
  const findings = sentences
    .filter((what) => what !== false)
    .map((what) => ({ what, where, remedy: 'Nothing need be done.' }));
  if (damaged.length === 0) return findings;
  const left = `${damaged.length} of ${drawingsText(fitting.length)} cannot be read and ${damaged.length === 1 ? 'is' : 'are'} left out`;
  return [
    ...findings,
    {
      what: `${left}: ${firstFew(damaged, MOST_NAMED)}.`,
      where,
      remedy: 'Replace or remove what cannot be read.',
    },
  ];
}
