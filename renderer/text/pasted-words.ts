import type { Pasted } from '../../shared/import-network/read-pasted.ts';
import { formatCount } from '../../shared/format.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { hideableParts, type HideablePart } from '../../shared/portable-setup.ts';
import type { RunConfig } from '../../shared/config.ts';

export const partTitles: Readonly<Record<HideablePart, string>> = {
  network: 'Network',
  data: 'Data',
  optimizer: 'Optimizer',
  regularisation: 'Regularisation',
  saving: 'Saving and stopping',
};
/** In the order of Set up: `Network, Optimizer`. */
export const partsText = (parts: readonly HideablePart[]): string =>
  hideableParts
    .filter((part) => parts.includes(part))
    .map((part) => partTitles[part])
    .join(', ');

/** The network of what was pasted. */
export const networkOfPasted = (pasted: Pasted): RunConfig['network'] =>
  pasted.kind === 'network' ? pasted.network : pasted.config.network;

/**
 * What a person is told of what they have pasted before they take it.
 * @param image what goes into the network that is set up now; null: it is not known
 */
export function pastedNotes(pasted: Pasted, image: ImageShape | null): string[] {
  if (pasted.kind === 'network') {
    const { input, notes } = pasted;
    const present = image && [image.height, image.width, image.channels].join('×');
    return input && present !== null && input.join('×') !== present
      ? [`It was made for images of ${input.join('×')}; yours are ${present}.`, ...notes]
      : notes;
  }
  const notes = [`Its seed is ${formatCount(pasted.config.training.seed)}.`];
  notes.push(
    pasted.needsData
      ? 'Its data are not in it: yours are kept.'
      : `It learns from ${pasted.config.data.dataset}.`,
  );
  if (pasted.kind === 'setup' && pasted.hidden.length > 0)
    notes.push(`It hides ${partsText(pasted.hidden)}; you can show them again.`);
  return notes;
}
