import type { RunConfig } from '../../shared/config.ts';
import { fields } from '../../shared/fields.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { mnistData } from '../../shared/preset-networks.ts';
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

  /** Examples of each part; null: it is not known before the data are read. */
  get counts(): CountedData['examples'] | null {
    const { form, training } = this.#parts;
    return partCountsOf(form.data, [...this.#lookedAt, ...countedByRun(training.started)]);
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
