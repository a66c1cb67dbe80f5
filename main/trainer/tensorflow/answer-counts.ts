import { perClassOf } from '../../../shared/class-metrics.ts';
import { MOST_CONFUSED, type EvaluatedScore } from '../../../shared/score.ts';
import type { Labels } from '../data/examples.ts';

/** Counts how many examples of each class were given each answer. */
export class AnswerCounts {
  readonly #classes: number;
  /** Classes [classes × classes], row by row: the truth; in a row, the answers. */
  readonly #counts: Uint32Array;

  constructor(classes: number) {
    this.#classes = classes;
    this.#counts = new Uint32Array(classes * classes);
  }

  /**
   * @param labels of some examples
   * @param answers the class that each was taken for
   */
  count(labels: Labels, answers: ArrayLike<number>): void {
    labels.forEach((label, k) => {
      const at = label * this.#classes + (answers[k] ?? 0);
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    });
  }

  /** Truth by answer. */
  confusion(): number[][] {
    return Array.from({ length: this.#classes }, (_, row) =>
      Array.from(this.#counts.subarray(row * this.#classes, (row + 1) * this.#classes)),
    );
  }

  /** What a score tells of it: of many classes not which is taken for which. */
  forScore(): Pick<EvaluatedScore, 'confusion' | 'perClass'> {
    const confusion = this.confusion();
    return this.#classes > MOST_CONFUSED ? { perClass: perClassOf(confusion) } : { confusion };
  }
}
