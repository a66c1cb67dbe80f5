import { consecutiveExamples, type Batch } from '../data/batches.ts';
import type { Examples } from '../data/examples.ts';
import { AnswerCounts } from './answer-counts.ts';
import { evaluationBatch } from './evaluation-batch.ts';
import type { Evaluation } from './outcomes.ts';
import type { Session } from './session.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/** Lets other tasks run between two batches, like `Control`. */
export interface BetweenBatches {
  yieldToEventLoop(): Promise<void>;
  readonly stopping: boolean;
}

/** Examples that are evaluated a batch at a time. */
export interface EvaluatedExamples {
  readonly count: number;
  /** Those `from` up to, but not, `to`. */
  batch(from: number, to: number): Batch;
}

/** All of them, in their order; `imageSize` is bytes of an image. */
export const allExamples = (examples: Examples, imageSize: number): EvaluatedExamples => ({
  count: examples.count,
  batch: (from, to) => consecutiveExamples(examples, from, to, imageSize),
});

/**
 * As `evaluateBatches`, of all of them.
 * @param imageSize bytes of an image
 */
export const evaluateExamples = (
  session: Session,
  examples: Examples,
  imageSize: number,
  control: BetweenBatches,
): Promise<EvaluatedScore | null> =>
  evaluateBatches(session, allExamples(examples, imageSize), control);

/**
 * Loss, accuracy, top-2, top-5 and what each class was taken for over examples, without dropout.
 * @param onBatch hears after each batch of how many examples it was, and the seconds that they took
 * @param evaluate a batch: whoever wants to know more of it than is summed here asks for that
 * @returns null when it was asked to stop
 */
export async function evaluateBatches(
  session: Session,
  examples: EvaluatedExamples,
  control: BetweenBatches,
  onBatch: (examples: number, seconds: number) => void = () => undefined,
  evaluate: (batch: Batch) => Evaluation = (batch) => session.evaluate(batch),
): Promise<EvaluatedScore | null> {
  let lossSum = 0;
  let correct = 0;
  let topTwo = 0;
  let topFive: number | null = 0;
  const { classes } = session.graph.image;
  const answers = new AnswerCounts(classes);
  const size = evaluationBatch(session.graph.network.memory);
  for (let from = 0; from < examples.count; from += size) {
    await control.yieldToEventLoop();
    if (control.stopping) return null;
    const since = performance.now();
    const batch = examples.batch(from, Math.min(from + size, examples.count));
    const outcome = evaluate(batch);
    lossSum += outcome.loss * batch.size;
    correct += outcome.correct;
    topTwo += outcome.topTwo;
    topFive = outcome.topFive === null ? null : (topFive ?? 0) + outcome.topFive;
    answers.count(batch.labels, outcome.answers);
    onBatch(batch.size, (performance.now() - since) / 1000);
  }
  return {
    loss: lossSum / examples.count,
    accuracy: correct / examples.count,
    topTwo: topTwo / examples.count,
    ...(topFive !== null && { topFive: topFive / examples.count }),
    ...answers.forScore(),
  };
}
