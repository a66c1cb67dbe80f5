import type { RunConfig } from '../../shared/config.ts';
import type { OwnDrawing } from '../../shared/own-drawings.ts';
import { examplesOfDrawings } from '../../shared/mixed-drawings.ts';
import { fields } from '../../shared/fields.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { mnistData } from '../../shared/preset-networks.ts';
import { expectedClassNames } from '../text/class-words.ts';
import { fittingDrawings } from '../text/own-drawing-words.ts';
import { countedByRun, partCountsOf, type CountedData } from './part-counts.ts';
import type { Recognition } from './recognition.svelte.ts';
import type { RunForm } from './run-form.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { TrainingStatus } from './training-status.svelte.ts';

/** Parts of the window's state. */
interface Parts {
  readonly form: RunForm;
  readonly training: TrainingStatus;
  readonly recognition: Recognition;
  readonly toasts: Toasts;
  readonly draw: { readonly own: { readonly drawings: readonly OwnDrawing[] } };
}

/** What is known of the data of the run that the form has, without reading them. */
export class KnownData {
  readonly #parts: Parts;
  /** The data that were taken last. */
  #lookedAt = $state.raw<readonly CountedData[]>([]);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What goes into the network; null: it is not known before the data are read. */
  get image(): ImageShape | null {
    const { form, recognition, training } = this.#parts;
    if (form.image) return form.image;
    const { images } = recognition;
    if (form.dataset === fields['data.dataset'].default) return mnistData;
    const isOfRun = training.started?.config.data.dataset === form.dataset;
    return isOfRun && images ? { ...images, classes: images.classNames.length } : null;
  }

  get #read(): readonly CountedData[] {
    return [...this.#lookedAt, ...countedByRun(this.#parts.training.started)];
  }
  /** Of the classes; none: they are not known before the data are read. */
  readonly classNames = $derived.by((): readonly string[] => {
    const { dataset } = this.#parts.form;
    const isOfThese = ({ data, classNames }: CountedData): boolean =>
      data.dataset === dataset && classNames.length > 0;
    const read = this.#read.find(isOfThese);
    return read?.classNames ?? expectedClassNames(dataset);
  });
  /** Examples of each part of the data; null: it is not known before they are read. */
  get dataCounts(): CountedData['examples'] | null {
    return partCountsOf(this.#parts.form.data, this.#read);
  }
  /** The same with the person's own drawings among those to train on, where the run has them. */
  get counts(): CountedData['examples'] | null {
    const { dataCounts: counts } = this;
    const { form, draw } = this.#parts;
    const { ownDrawings } = form.data;
    if (!counts || !ownDrawings) return counts;
    const fitting = fittingDrawings(draw.own.drawings, this.classNames).length;
    return { ...counts, train: counts.train + examplesOfDrawings(fitting, ownDrawings.weight) };
  }

  /** Steps of an epoch; null: it is not known before the data are read. */
  get stepsAnEpoch(): number | null {
    const { counts } = this;
    return counts && Math.ceil(counts.train / this.#parts.form.data.batchSize);
  }

  /** Takes data that were looked at for the next run. */
  take(looked: CountedData & { data: RunConfig['data'] }, image: ImageShape): void {
    const { form, toasts } = this.#parts;
    this.#lookedAt = [looked];
    form.takeData(looked.data, image);
    toasts.show('The next run learns from other data.', () => form.undo());
  }
}
