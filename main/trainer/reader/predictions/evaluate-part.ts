import { FailureError } from '../../../../shared/ipc.ts';
import type { Predicted } from '../../../../shared/predictions.ts';
import type { Checkpoint } from '../../checkpoint/reading.ts';
import { imageIdsOf } from '../../data/image-ids.ts';
import { imageBytes, type ReadingWatch } from '../../data/raw-dataset.ts';
import { restoredSession } from '../../tensorflow/restored-session.ts';
import type { Examined } from './examined-sets.ts';
import { predictExamples } from './predict-examples.ts';

/** What a checkpoint's network took a part's examples for, as the window is told it, and the scores from which it did. */
export interface EvaluatedPart {
  predicted: Predicted;
  /** [examples × classes], before the softmax; empty where they were too many to be kept. */
  logits: Float32Array;
}

/** Numbers of 4 bytes: those of 800,000 digits. */
const MOST_KEPT_LOGITS = 8e6;

/** To be kept for later: more memory than this is not taken for what may never be asked. */
export const withoutManyLogits = (evaluated: EvaluatedPart): EvaluatedPart =>
  evaluated.logits.length > MOST_KEPT_LOGITS
    ? { ...evaluated, logits: new Float32Array() }
    : evaluated;

/**
 * Asks a checkpoint's network about every example of a part.
 * @throws FailureError where the part is empty; the signal's reason where it is stopped
 */
export async function evaluatePart(
  checkpoint: Checkpoint,
  { data, part, place, findings }: Examined,
  watch: ReadingWatch,
): Promise<EvaluatedPart> {
  const { record } = checkpoint;
  const examples = data[part];
  if (examples.count === 0) throw nothingThere(part, place);
  const size = imageBytes(data);
  const imageIds = await imageIdsOf(examples, size, watch.signal);
  const session = await restoredSession(checkpoint);
  let done = 0;
  const between = {
    yieldToEventLoop: () => new Promise<void>((go) => setImmediate(go)),
    get stopping(): boolean {
      return watch.signal.aborted;
    },
  };
  try {
    const scored = await predictExamples(session, examples, size, between, (count) => {
      done += count;
      watch.progress(done, examples.count, 'images');
    });
    watch.signal.throwIfAborted();
    if (!scored) throw new Error('predictions that nobody stops are made');
    const { height, width, channels, classNames, hash } = data;
    const predicted: Predicted = {
      type: 'predictions',
      ...{ step: record.cursor.step, epoch: record.cursor.epoch },
      ...{ place, datasetHash: hash, height, width, channels, classNames, imageIds },
      ...scored.predictions,
      findings,
    };
    return { predicted, logits: scored.logits };
  } finally {
    session.close();
  }
}

const nothingThere = (part: string, where: string): FailureError =>
  new FailureError({
    what: `The data have no images in the part “${part}”.`,
    where,
    remedy: 'Choose another part.',
  });
