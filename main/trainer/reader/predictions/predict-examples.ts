import { MOST_TOLD } from '../../../../shared/predictions.ts';
import type { EvaluatedScore } from '../../../../shared/score.ts';
import type { Batch } from '../../data/batches.ts';
import type { Examples } from '../../data/examples.ts';
import { allExamples, evaluateBatches, type BetweenBatches } from '../../tensorflow/evaluate.ts';
import type { EachEvaluation } from '../../tensorflow/outcomes.ts';
import type { Session } from '../../tensorflow/session.ts';

/** What a network takes each of some examples for; one after the other, as they are numbered. */
interface ExamplePredictions {
  score: EvaluatedScore;
  labels: Uint16Array;
  /** The class that each was taken for. */
  answers: Uint16Array;
  /** In nats. */
  losses: Float32Array;
  /** Probability of what it is, 0 to 1. */
  trueShares: Float32Array;
  /** How many classes the two lists below have of each example, the most probable first. */
  told: number;
  topClasses: Uint16Array;
  topShares: Float32Array;
}

/** With the scores from which it took them. */
export interface ScoredPredictions {
  predictions: ExamplePredictions;
  /** [examples × classes], before the softmax. */
  logits: Float32Array;
}

/** Collects batch after batch what is known of each example. */
class Collected {
  readonly #classes: number;
  #from = 0;
  readonly told: number;
  readonly labels: Uint16Array;
  readonly answers: Uint16Array;
  readonly losses: Float32Array;
  readonly trueShares: Float32Array;
  readonly topClasses: Uint16Array;
  readonly topShares: Float32Array;
  readonly logits: Float32Array;

  constructor(examples: number, classes: number) {
    this.#classes = classes;
    this.told = Math.min(classes, MOST_TOLD);
    this.labels = new Uint16Array(examples);
    this.answers = new Uint16Array(examples);
    this.losses = new Float32Array(examples);
    this.trueShares = new Float32Array(examples);
    this.topClasses = new Uint16Array(examples * this.told);
    this.topShares = new Float32Array(examples * this.told);
    this.logits = new Float32Array(examples * classes);
  }

  add({ labels, size }: Batch, { answers, losses, logits, probabilities }: EachEvaluation): void {
    const from = this.#from;
    this.labels.set(labels, from);
    this.answers.set(answers, from);
    this.losses.set(losses, from);
    this.logits.set(logits, from * this.#classes);
    for (let k = 0; k < size; k++) {
      const shares = probabilities.subarray(k * this.#classes, (k + 1) * this.#classes);
      this.trueShares[from + k] = shares[labels[k] ?? 0] ?? 0;
      this.#addTop((from + k) * this.told, answers[k] ?? 0, shares);
    }
    this.#from += size;
  }

  /** The answer leads: of equally probable classes it is the one that was taken. */
  #addTop(at: number, answer: number, shares: Float32Array): void {
    for (let rank = 0; rank < this.told; rank++) {
      const taken = this.topClasses.subarray(at, at + rank);
      let best = -1;
      if (rank === 0) best = answer;
      else
        shares.forEach((share, label) => {
          if (taken.includes(label)) return;
          if (best === -1 || share > (shares[best] ?? 0)) best = label;
        });
      this.topClasses[at + rank] = best;
      this.topShares[at + rank] = shares[best] ?? 0;
    }
  }
}

/**
 * Asks a network about every example, by the very batches and numbers of a run's own evaluation, so that both have the same score.
 * @param imageSize bytes of an image
 * @param onBatch hears after each batch of how many examples it was
 * @returns null where it was asked to stop
 */
export async function predictExamples(
  session: Session,
  examples: Examples,
  imageSize: number,
  between: BetweenBatches,
  onBatch: (examples: number) => void = () => undefined,
): Promise<ScoredPredictions | null> {
  const collected = new Collected(examples.count, session.graph.image.classes);
  const evaluate = (batch: Batch): EachEvaluation => {
    const outcome = session.evaluateEach(batch);
    collected.add(batch, outcome);
    return outcome;
  };
  const score = await evaluateBatches(
    session,
    allExamples(examples, imageSize),
    between,
    onBatch,
    evaluate,
  );
  if (!score) return null;
  const { labels, answers, losses, trueShares, told, topClasses, topShares, logits } = collected;
  return {
    predictions: { score, labels, answers, losses, trueShares, told, topClasses, topShares },
    logits,
  };
}
