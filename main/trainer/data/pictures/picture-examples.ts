import { formatFixed } from '../../../../shared/format.ts';
import type { PartName } from '../../../../shared/dataset-parts.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { makeLabels, type Examples } from '../examples.ts';
import { MOST_BYTES } from '../limits.ts';
import { imageBytes, type RawDataset } from '../raw-dataset.ts';
import type { PictureForm } from './picture-form.ts';
import type { ListedPicture, PictureList } from './picture-list.ts';

const MOST_NAMED = 5;

/** Collects the examples made of pictures in the order of the list, whatever order the files are read in. */
export class PictureExamples {
  readonly #place: string;
  readonly #list: PictureList;
  readonly #form: PictureForm;
  readonly #size: number;
  /** Sorted by part, and within a part in the order of the list. */
  readonly #ordered: readonly ListedPicture[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #images: Uint8Array;
  readonly #isThere: Uint8Array;
  readonly #leftOut: string[] = [];
  #hasColour = false;

  /** @throws FailureError if the examples would not fit into memory */
  constructor(place: string, list: PictureList, form: PictureForm) {
    this.#place = place;
    this.#list = list;
    this.#form = form;
    this.#size = imageBytes(form);
    const rank = ({ part }: ListedPicture): number =>
      part === null || part === 'train' ? 0 : part === 'validation' ? 1 : 2;
    this.#ordered = list.pictures.toSorted((a, b) => rank(a) - rank(b));
    this.#numbers = new Map(this.#ordered.map(({ path }, number) => [path, number]));
    const bytes = this.#ordered.length * this.#size;
    if (bytes > MOST_BYTES)
      throw new FailureError({
        what: `${this.#ordered.length} images of ${form.height}×${form.width} would take ${formatFixed(bytes / 1e9, 1)} GB; the most is ${formatFixed(MOST_BYTES / 1e9, 1)} GB.`,
        where: place,
        remedy: 'Bring them to a smaller size with --image-size (data.imageSize), or use fewer.',
      });
    this.#images = new Uint8Array(bytes);
    this.#isThere = new Uint8Array(this.#ordered.length);
  }

  add(path: string, image: Uint8Array): void {
    const number = this.#numbers.get(path);
    if (number === undefined) throw new Error(`${path} is not on the list`);
    this.#images.set(image, number * this.#size);
    this.#isThere[number] = 1;
    this.#hasColour ||= this.#form.channels === 3 && isColoured(image);
  }

  leaveOut(path: string, why: string): void {
    this.#leftOut.push(`${printable(path)} ${why}`);
  }

  /**
   * @param mayBeGrey whether images become grey, with one channel, if none has any colour
   * @throws FailureError if a class has no picture left to train on
   */
  end(mayBeGrey: boolean): RawDataset {
    const { height, width } = this.#form;
    const channels = mayBeGrey && !this.#hasColour ? 1 : this.#form.channels;
    const kept = this.#compact(channels);
    const parts = this.#split(kept, height * width * channels);
    this.#checkClasses(parts.train);
    return {
      height,
      width,
      channels,
      classNames: this.#list.classNames,
      ...parts,
      validationFrom: 'each-class',
      findings: [...this.#list.findings, ...this.#leftOutFinding()],
    };
  }

  /** Closes the gaps of missing images, in place; if the images are grey, only one of three channels is kept. */
  #compact(channels: number): ListedPicture[] {
    const step = this.#form.channels / channels;
    const size = this.#size / step;
    let to = 0;
    const kept = this.#ordered.filter((_, number) => {
      if (this.#isThere[number] === 0) return false;
      const from = number * this.#size;
      if (step === 1) this.#images.copyWithin(to, from, from + size);
      else for (let k = 0; k < size; k++) this.#images[to + k] = this.#images[from + k * step] ?? 0;
      to += size;
      return true;
    });
    return kept;
  }

  #split(kept: readonly ListedPicture[], size: number) {
    const classes = this.#list.classNames.length;
    let from = 0;
    const take = (isIn: (part: PartName | null) => boolean): Examples => {
      const pictures = kept.filter(({ part }) => isIn(part));
      const labels = makeLabels(pictures.length, classes);
      pictures.forEach(({ label }, k) => (labels[k] = label));
      const images = this.#images.subarray(from, from + pictures.length * size);
      from += images.length;
      return { images, labels, count: pictures.length };
    };
    const train = take((part) => part === null || part === 'train');
    const [validation, test] = [
      take((part) => part === 'validation'),
      take((part) => part === 'test'),
    ];
    return {
      train,
      validation: validation.count === 0 ? null : validation,
      test: test.count === 0 ? null : test,
    };
  }

  #checkClasses({ labels }: Examples): void {
    const present = new Set(labels);
    const missing = this.#list.classNames.find((_, label) => !present.has(label));
    if (missing === undefined) return;
    throw new FailureError({
      what: `No picture of ${printable(missing)} could be read to train on.`,
      where: this.#place,
      remedy: 'Replace the damaged pictures of this class, or remove its folder.',
    });
  }

  #leftOutFinding(): Failure[] {
    const { length } = this.#leftOut;
    if (length === 0) return [];
    const named = this.#leftOut.slice(0, MOST_NAMED).join('; ');
    const more = length > MOST_NAMED ? `; and ${length - MOST_NAMED} more` : '';
    return [
      {
        what: `${length} of ${this.#ordered.length} pictures are left out: ${named}${more}.`,
        where: this.#place,
        remedy: 'Replace or remove them.',
      },
    ];
  }
}

/** Whether any pixel of [height, width, 3] is not grey. */
function isColoured(image: Uint8Array): boolean {
  for (let k = 0; k < image.length; k += 3)
    if (image[k] !== image[k + 1] || image[k] !== image[k + 2]) return true;
  return false;
}
