import type { Activation } from './config.ts';
import { reachesImage, type Slide } from './sliding.ts';

/** Why a layer or a network is impossible: as data for repairs, and in words. */

/** A layer that does not fit its input. */
export type LayerMisfit =
  | { kind: 'window-too-large' | 'only-padding'; axis: 'height' | 'width'; slide: Slide }
  | { kind: 'needs-image' }
  | { kind: 'needs-row'; input: readonly number[] };

/** A network whose layers fit each other, but that cannot be trained. */
export type NetworkMisfit =
  | { kind: 'no-scores'; output: readonly number[]; activation: Activation; classes: number }
  | { kind: 'no-weights' };

const axisWords = { height: 'height', width: 'width' };

/** What is impossible about a window that slides over an image; null if nothing is. */
export function misfitOfSlides(slides: readonly [rows: Slide, columns: Slide]): LayerMisfit | null {
  const axes = [
    { axis: 'height', slide: slides[0] },
    { axis: 'width', slide: slides[1] },
  ] as const;
  const tooLarge = axes.find(({ slide }) => slide.output < 1);
  if (tooLarge) return { kind: 'window-too-large', ...tooLarge };
  const unreached = axes.find(({ slide }) => !reachesImage(slide));
  return unreached ? { kind: 'only-padding', ...unreached } : null;
}

/** Ends of sentences: the problem and the remedy. */
export function misfitWords(misfit: LayerMisfit | NetworkMisfit): { what: string; remedy: string } {
  switch (misfit.kind) {
    case 'window-too-large': {
      const { input, window, pads } = misfit.slide;
      return {
        what: `its window of ${window} is larger than the ${axisWords[misfit.axis]} it slides over, ${input} + ${pads[0] + pads[1]} of padding`,
        remedy:
          'Make the window smaller, use padding "same", or drop an earlier pooling or stride.',
      };
    }
    case 'only-padding': {
      const { input, pads } = misfit.slide;
      return {
        what: `no window reaches the image along its ${axisWords[misfit.axis]}, ${input} after ${pads[0]} of padding`,
        remedy: 'Use less padding before it, a larger window or a smaller stride.',
      };
    }
    case 'needs-image':
      return {
        what: 'it needs an image, but its input is already flat',
        remedy: 'Move it before the flatten.',
      };
    case 'needs-row':
      return {
        what: `a dense layer needs a flat input, but its input is ${misfit.input.join('×')}`,
        remedy: 'Put a flatten or a global average pooling before it.',
      };
    case 'no-scores': {
      const { output, activation, classes } = misfit;
      const activated = activation === 'none' ? '' : `, activation ${activation}`;
      return {
        what: `its output is ${output.join('×')}${activated}, but it must be ${classes} scores, one a class, without activation`,
        remedy: `End with a dense layer of ${classes} units and activation "none", or a global average pooling over ${classes} filters; a dropout may follow.`,
      };
    }
    case 'no-weights':
      return {
        what: 'none of its layers has weights, so there is nothing to learn',
        remedy: 'Add a convolution or a dense layer.',
      };
  }
}

/** Describes an impossible network in a sentence. */
export const impossibleSentence = (misfit: LayerMisfit | NetworkMisfit): string =>
  `This network cannot be: ${misfitWords(misfit).what}.`;
