import { perClassOf } from '../../../shared/class-metrics.ts';
import { MOST_CONFUSED, type EvaluatedScore } from '../../../shared/score.ts';
import type { Labels } from '../data/examples.ts';

/** Counts how many examples of each class were given each answer. */
export class AnswerCounts {
  readonly #classes: number;
  /** Counts [classes × classes]: a row for each true class, a column for each answer. */
  readonly #counts: Uint32Array;

  constructor(classes: number) {
    this.#classes = classes;
    this.#counts = new Uint32Array(classes * classes);
  }

  /**
   * @param labels of some examples
   * @param answers the predicted class of each
   */
  count(labels: Labels, answers: ArrayLike<number>): void {
    labels.forEach((label, k) => {
      const at = label * this.#classes + (answers[k] ?? 0);
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    });
  }

  /** The confusion matrix: a row for each true class, a column for each answer. */
  confusion(): number[][] {
    return Array.from({ length: this.#classes }, (_, row) =>
      Array.from(this.#counts.subarray(row * this.#classes, (row + 1) * this.#classes)),
    );
  }

  /** The part of the counts that a score keeps; with many classes that is not the whole matrix. */
  forScore(): Pick<EvaluatedScore, 'confusion' | 'perClass'> {
    const confusion = this.confusion();
    return this.#classes > MOST_CONFUSED ? { perClass: perClassOf(confusion) } : { confusion };
  }
}
