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

/** A drawing, what it is with each of its steps left out, and a line of symbols. */
const MOST_PICTURES = 32;

/** Tells the questions that a person waits for from those that may wait for some training steps. */
export class WaitedQuestions {
  /** The pictures that were asked about last, the newest first. */
  #pictures: readonly Uint8Array[] = [];

  /** @returns false for the filters, and for what is asked once more of a picture: nobody waits for it */
  isWaitedFor(question: Question): boolean {
    if (question.type === 'filters') return false;
    if (!('image' in question) || question.image === null) return true;
    const { pixels } = question.image;
    const others = this.#pictures.filter((picture) => !areEqual(picture, pixels));
    const isKnown = others.length < this.#pictures.length;
    this.#pictures = [pixels, ...others].slice(0, MOST_PICTURES);
    return !isKnown || !repeated.includes(question.type);
  }
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
