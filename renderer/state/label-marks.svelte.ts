import { imageIdAt } from '../../shared/image-id.ts';
import type { LabelMark, LabelMarkRequest } from '../../shared/label-marks.ts';
import type { PartName } from '../../shared/dataset-parts.ts';
import type { Predicted } from '../../shared/predictions.ts';
import type { Api } from '../api.ts';
import { exampleName } from '../text/mistake-words.ts';
import type { Notices } from './notices.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The images that the person has marked: their label is wrong. */
export class LabelMarks {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #toasts: Toasts;
  #marks = $state.raw<readonly LabelMark[]>([]);
  readonly ids = $derived.by(() => this.#marks.map(({ id }) => id));

  constructor(api: Api, notices: Notices, toasts: Toasts) {
    this.#api = api;
    this.#notices = notices;
    this.#toasts = toasts;
  }

  /** In the order in which they were made. */
  get marks(): readonly LabelMark[] {
    return this.#marks;
  }

  async load(): Promise<void> {
    await this.#request({ type: 'list' });
  }

  /** Marks an example, or takes its mark back. */
  async toggle(predicted: Predicted, part: PartName, number: number): Promise<void> {
    const { imageIds, labels, place, datasetHash } = predicted;
    const id = imageIdAt(imageIds, number);
    const before = this.#marks.find((mark) => mark.id === id);
    const mark = before ?? { id, place, datasetHash, part, number, label: labels[number] ?? 0 };
    const doIt: LabelMarkRequest = before ? { type: 'take-back', id } : { type: 'mark', mark };
    const undoIt: LabelMarkRequest = before ? { type: 'mark', mark } : { type: 'take-back', id };
    if (!(await this.#request(doIt))) return;
    const name = exampleName(part, number);
    const text = before
      ? `The mark of ${name} is taken back.`
      : `The label of ${name} is marked as wrong.`;
    this.#toasts.show(text, () => void this.#request(undoIt));
  }

  async #request(request: LabelMarkRequest): Promise<boolean> {
    const marks = await this.#notices.attempt('Wrong labels', () =>
      this.#api.call('labelMarks', request),
    );
    if (marks) this.#marks = marks;
    return marks !== undefined;
  }
}
