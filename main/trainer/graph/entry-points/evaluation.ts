import type { Tensor } from '../builder.ts';
import type { EvaluationOutputs } from '../evaluation.ts';
import type { Placeholders } from '../inputs.ts';
import type { EntryPoints } from '../saved-model.ts';

/**
 * Entry points that score the network on a batch and predict the classes of images.
 * @param probabilities float32 [N, classes]
 */
export const evaluationEntryPoints = (
  { images, labelBytes }: Placeholders,
  { metrics, answers, losses, logits, probabilities: ofEach }: EvaluationOutputs,
  probabilities: Tensor,
): EntryPoints => ({
  evaluate: { inputs: { images, labels: labelBytes }, outputs: { metrics, answers } },
  'evaluate-each': {
    inputs: { images, labels: labelBytes },
    outputs: { metrics, answers, losses, logits, probabilities: ofEach },
  },
  predict: { inputs: { images }, outputs: { probabilities } },
});
