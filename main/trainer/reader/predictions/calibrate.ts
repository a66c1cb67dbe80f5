import type { Calibration } from '../../../../shared/calibration.ts';
import { reliabilityOfAnswers } from '../../../../shared/reliability.ts';
import {
  fitTemperature,
  scaledAnswers,
  type ScoredImages,
} from '../../../../shared/temperature.ts';
import type { EvaluatedPart } from './evaluate-part.ts';

/**
 * Fits a temperature on one part and scales another by it, or the same.
 * @param fittedOn the validation part, of which there are images
 * @param triedOn by the same network
 */
export function calibrate(fittedOn: EvaluatedPart, triedOn: EvaluatedPart): Calibration['result'] {
  const fitted = fitTemperature(scoredImages(fittedOn));
  if (fitted === null) return { state: 'none', why: 'not-finite' };
  const tried = scoredImages(triedOn);
  const [before, after] = [1, fitted.temperature].map((temperature) => {
    const { loss, shares } = scaledAnswers(tried, temperature);
    return { loss, reliability: reliabilityOfAnswers(triedOn.predicted, shares) };
  });
  // A part without images is refused before it is evaluated.
  if (!before?.reliability || !after?.reliability) throw new Error('nothing was evaluated');
  return {
    state: 'fitted',
    ...fitted,
    images: fittedOn.predicted.labels.length,
    loss: { before: before.loss, after: after.loss },
    reliability: { before: before.reliability, after: after.reliability },
    findings: fittedOn.predicted.findings,
  };
}

const scoredImages = ({
  logits,
  predicted: { labels, classNames },
}: EvaluatedPart): ScoredImages => ({
  ...{ logits, labels, classes: classNames.length },
});
