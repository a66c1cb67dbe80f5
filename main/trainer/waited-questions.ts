import type { Question } from '../../shared/questions.ts';

/** What the window asks about one picture again and again while a run trains, since the weights change. */
const repeated: readonly Question['type'][] = [
  'predict',
  'activations',
  'all-activations',
  'saliency',
  'grad-cam',
  'unit',
];

/** Tells the questions that a person waits for from those that may wait for some training steps. */
export class WaitedQuestions {
  /** The picture that was asked about last. */
  #pixels: Uint8Array | null = null;

  /** @returns false for the filters, and for what is asked of the same picture as before: nobody waits for it */
  isWaitedFor(question: Question): boolean {
    if (question.type === 'filters') return false;
    if (!('image' in question) || question.image === null) return true;
    const { pixels } = question.image;
    const before = this.#pixels;
    this.#pixels = pixels;
    const isSame =
      before?.length === pixels.length && pixels.every((byte, place) => byte === before[place]);
    return !isSame || !repeated.includes(question.type);
  }
}
