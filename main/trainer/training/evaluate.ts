import { consecutiveExamples } from '../data/batches.ts';
import type { Examples } from '../data/examples.ts';
import { evaluationBatch } from '../start/feasible.ts';
import { AnswerCounts } from './answer-counts.ts';
import type { Session } from '../tensorflow/session.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/** Lets other tasks run between two batches, like `Control`. */
export interface BetweenBatches {
  yieldToEventLoop(): Promise<void>;
  readonly stopping: boolean;
}

/**
 * Computes loss, accuracy, top-2 and top-5 accuracy and the confusion of classes over examples, without dropout.
 * @param imageSize bytes of an image
 * @param onBatch is called after each batch with its number of examples, and the seconds that they took
 * @returns null if it was asked to stop
 */
export async function evaluateExamples(
  session: Session,
  examples: Examples,
  imageSize: number,
  control: BetweenBatches,
  onBatch: (examples: number, seconds: number) => void = () => undefined,
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
    const batch = consecutiveExamples(
      examples,
      from,
      Math.min(from + size, examples.count),
      imageSize,
    );
    const outcome = session.evaluate(batch);
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
