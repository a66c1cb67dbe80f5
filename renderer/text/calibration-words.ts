import type { Calibration, FittedCalibration } from '../../shared/calibration.ts';
import type { ExaminedPart } from '../../shared/dataset-parts.ts';
import { formatCount, formatFixed, formatLoss, formatPercent } from '../../shared/format.ts';

/** What the window says of temperature scaling. */

type Fitted = Pick<FittedCalibration, 'temperature' | 'bound'>;
interface BeforeAndAfter {
  before: number;
  after: number;
}

/** A temperature as it is shown, everywhere with the same digits: 1.37. */
export const temperatureText = (temperature: number): string => formatFixed(temperature, 2);

/** How a number moves: “falls from 1.2 % to 0.4 %”, “stays at 0.4 %”, by what is shown of it. */
export function moveText({ before, after }: BeforeAndAfter, text: (n: number) => string): string {
  const [from, to] = [text(before), text(after)];
  return from === to
    ? `stays at ${from}`
    : `${after < before ? 'falls' : 'rises'} from ${from} to ${to}`;
}

/** What the temperature says of the network. */
function networkWords({ temperature, bound }: Fitted): string {
  const shown = temperatureText(temperature);
  if (bound === 'least')
    return `The search for T ended at the least that is tried, ${shown}: the surer the network, the less its loss on validation, as where every image is right. It is no measurement`;
  if (bound === 'most')
    return `The search for T ended at the most that is tried, ${shown}: the less sure the network, the less its loss on validation. It is no measurement`;
  if (shown === temperatureText(1)) return `T = ${shown}: the network is as sure as it should be`;
  return `T = ${shown}: the network was ${temperature > 1 ? 'too sure' : 'not sure enough'}`;
}

/** What scaling does to the examples that are looked at. */
export function temperatureSentence({
  reliability: { before, after },
  loss,
  ...fitted
}: Fitted & {
  reliability: Record<keyof BeforeAndAfter, { expectedError: number }>;
  loss: BeforeAndAfter;
}): string {
  const errors = { before: before.expectedError, after: after.expectedError };
  const error = moveText(errors, (share) => formatPercent(share));
  return `${networkWords(fitted)}; after scaling the expected calibration error ${error}, and the loss ${moveText(loss, formatLoss)}.`;
}

/**
 * On which images the temperature was fitted, and what it may be believed.
 * @param images how many validation images
 * @param isOwn false: the examples are of other data than the run's
 */
export function originSentence(images: number, part: ExaminedPart, isOwn: boolean): string {
  const these = `${isOwn && part === 'validation' ? 'these same ' : 'the run’s own '}${validationImages(images)}`;
  const fitted = `T is fitted on ${these}`;
  if (!isOwn) return `${fitted}, and tried on other data.`;
  if (part === 'own') return `${fitted}, and tried on what you have drawn yourself.`;
  if (part === 'train')
    return `${fitted}. The network learned from the images shown here: how sure it is of them says little of others.`;
  return part === 'validation'
    ? `${fitted}, so it looks its best here: the test part is the fair check.`
    : `${fitted}, and tried on images that had no part in it: a fair check.`;
}

const validationImages = (images: number): string =>
  `${formatCount(images)} validation ${images === 1 ? 'image' : 'images'}`;

/** Why there is no temperature, and what would give one. */
export const noTemperatureText: Record<
  Extract<Calibration['result'], { state: 'none' }>['why'],
  string
> = {
  'no-validation':
    'This run keeps no images for validation, on which a temperature would be fitted. Set validation images aside in Set up for the next run.',
  'not-finite':
    'The network’s scores are not finite numbers, so no temperature can be fitted. Choose a checkpoint from before its loss became so.',
};

/**
 * What the calibrated share of a drawing means, where its temperature comes from, and how old that is.
 * @param share null: nothing is read, or the temperature is no measurement
 * @param step of the checkpoint that gave the temperature
 * @param stepNow of the network that reads the drawing; null: nothing is read
 * @param isOfOlder there is another checkpoint by now
 */
export function calibratedWords(
  { temperature, bound, images }: Fitted & { images: number },
  {
    share,
    step,
    stepNow,
    isOfOlder,
  }: { share: number | null; step: number; stepNow: number | null; isOfOlder: boolean },
): string {
  const of = `fitted on ${validationImages(images)} at step ${formatCount(step)}`;
  const origin =
    bound === null
      ? `T = ${temperatureText(temperature)}, ${of}.`
      : `${networkWords({ temperature, bound })}; it was ${of}.`;
  if (stepNow !== null && stepNow !== step)
    return `${origin} The network that reads here is of step ${formatCount(stepNow)}: T is old, and so is what it says.`;
  if (isOfOlder) return `${origin} There is another checkpoint by now.`;
  return share === null
    ? origin
    : `Of validation images told with ${formatPercent(share)} after scaling, about as many are right. ${origin}`;
}
