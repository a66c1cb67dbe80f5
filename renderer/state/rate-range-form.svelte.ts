import { fields } from '../../shared/fields.ts';
import { formatRate } from '../../shared/format.ts';
import { stepsRange, usualRateRange, type RateRange } from '../../shared/range-test-protocol.ts';
import { numberOf } from '../text/number-of.ts';
import { rangeProblem } from '../text/range-problem.ts';

type Part = keyof RateRange;

const rateField = fields['optimizer.learningRate'];
const stepsField = { ...rateField, label: 'Steps', noun: 'steps' };

/** Which rates a range test tries, as typed. */
export class RateRangeForm {
  #texts = $state<Record<Part, string>>({
    least: formatRate(usualRateRange.least),
    most: formatRate(usualRateRange.most),
    steps: String(usualRateRange.steps),
  });
  readonly #problems = $derived.by(() => {
    const { least, most, steps } = this.#numbers;
    return {
      least: rangeProblem(rateField, rateField.range, least),
      most:
        rangeProblem(rateField, rateField.range, most) ??
        (least >= most ? 'The last rate must be above the first.' : null),
      steps: rangeProblem(stepsField, stepsRange, steps),
    };
  });

  get texts(): Readonly<Record<Part, string>> {
    return this.#texts;
  }
  /** What is wrong with each part; null: nothing. */
  get problems(): Readonly<Record<Part, string | null>> {
    return this.#problems;
  }
  /** Null: something is wrong with it. */
  get range(): RateRange | null {
    return Object.values(this.#problems).some((problem) => problem !== null) ? null : this.#numbers;
  }

  type(part: Part, text: string): void {
    this.#texts[part] = text;
  }

  get #numbers(): RateRange {
    const { least, most, steps } = this.#texts;
    return { least: numberOf(least), most: numberOf(most), steps: numberOf(steps) };
  }
}
