import { formatFixed } from '../../shared/format.ts';
import type { Appearance } from '../../shared/appearance.ts';
import type { RunConfig } from '../../shared/config.ts';
import {
  BOX,
  MNIST_SIDE,
  type DrawnForm,
  type DrawnSteps,
  type StepSwitches,
} from '../../shared/drawn-image.ts';
import { PAD } from '../../shared/strokes.ts';
import { sizeWords } from './drawn-words.ts';

/** What is said of the steps from strokes to what is read. */

export const stepTitles: Readonly<Record<keyof StepSwitches, string>> = {
  box: 'Box',
  scale: 'Scale',
  centre: 'Centre',
};

/** What each step does, and what is done where it is off. */
export const stepTips: Readonly<Record<keyof StepSwitches, string>> = {
  box: 'Takes the drawing’s own box, wherever it is. Off: the whole pad is taken.',
  scale: `Brings the longer side to ${BOX} pixels. Off: the pad is shrunk to ${MNIST_SIDE}, and what was drawn small stays small.`,
  centre: 'Moves the centre of mass into the middle. Off: the middle of the box is there.',
};

const oneDecimal = (value: number): string => formatFixed(Math.abs(value), 1);

/** By how much the strokes were moved: 0.6 right, 0.2 up; empty: not at all. */
export function movedWords({ x, y }: DrawnSteps['moved']): string {
  const across = x > 0 ? `${oneDecimal(x)} right` : `${oneDecimal(x)} left`;
  const along = y > 0 ? `${oneDecimal(y)} down` : `${oneDecimal(y)} up`;
  return [...(Math.abs(x) >= 0.05 ? [across] : []), ...(Math.abs(y) >= 0.05 ? [along] : [])].join(
    ', ',
  );
}

/** Each step for those who do not see its picture, by numbers. */
export function stepSentences(
  { box, scale, moved }: DrawnSteps,
  switches: StepSwitches,
): Record<keyof StepSwitches, string> {
  const side = (size: number): string => String(Math.round(size));
  const away = movedWords(moved);
  return {
    box: switches.box
      ? `Box: ${side(box.width)} wide and ${side(box.height)} high, of the pad’s ${PAD}`
      : `No box: the whole pad, ${PAD} wide and high`,
    scale: switches.scale
      ? `Scaled into ${BOX} by ${BOX} pixels, times ${formatFixed(scale, 3)}`
      : `The pad shrunk to ${MNIST_SIDE} pixels, times ${formatFixed(scale, 3)}`,
    centre: switches.centre
      ? `Centre of mass in the middle, moved by ${away === '' ? 'nothing' : `${away} pixels`}`
      : 'The middle of the box in the middle, nothing moved',
  };
}

/** How the data's images look: light on dark, turned; as the last step makes drawings look. */
export function appearanceWords({ transposed, mirrored, flipped, inverted }: Appearance): string {
  const isTurned = transposed || mirrored || flipped;
  return `${inverted ? 'dark on light' : 'light on dark'}${isTurned ? ', turned' : ''}`;
}

/** What becomes of a picture instead: it is neither boxed nor centred. */
export const pictureWords = (from: 'data' | 'file', form: DrawnForm): string =>
  from === 'data'
    ? `An image of the data is read as it is, ${sizeWords(form)}: no step changes it.`
    : `A picture file is fitted to ${sizeWords(form)} as the data’s pictures are, ${form.channels > 1 ? 'in colour' : 'in grey'}${turnedWords(form)}: no box, scale or centre.`;

const turnedWords = ({ appearance: { transposed, mirrored, flipped } }: DrawnForm): string =>
  transposed || mirrored || flipped ? ', turned as the data are' : '';

const fitVerbs: Readonly<Record<RunConfig['data']['fit'], string>> = {
  pad: 'all of it, with a border where it is of another shape',
  crop: 'its middle',
  stretch: 'all of it, distorted where it is of another shape',
};

/** How a picture file was brought to the network's size. */
export const fittingWords = (fit: RunConfig['data']['fit'], form: DrawnForm): string =>
  `Fitted to ${sizeWords(form)}: ${fitVerbs[fit]}.`;
