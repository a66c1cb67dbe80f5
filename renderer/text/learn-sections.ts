import type { LayerType } from '../../shared/config.ts';
import type { LearnSectionId } from '../../shared/learn-progress.ts';

/** What each section of Learn is called, and the setting that it speaks of, in the order in which they are read. */
export interface SectionWords {
  id: LearnSectionId;
  title: string;
  /** The layer that it speaks of, and the setting of it, if it is one: the first such layer of the set-up is opened in Set up. */
  layer: LayerType;
  setting: string | null;
}

/** Those that exist; a section's component is in views/learn/sections.ts. */
export const sectionWords: readonly SectionWords[] = [
  { id: 'why-not-dense', title: 'Why not a dense network', layer: 'dense', setting: 'units' },
  { id: 'filters', title: 'Filters', layer: 'convolution', setting: 'filters' },
  {
    id: 'convolution-output',
    title: 'A convolution’s output',
    layer: 'convolution',
    setting: 'stride',
  },
  { id: 'parameter-sharing', title: 'Parameter sharing', layer: 'convolution', setting: 'kernel' },
  { id: 'relu', title: 'ReLU and its rivals', layer: 'convolution', setting: 'activation' },
  { id: 'pooling', title: 'Pooling, and doing without', layer: 'pooling', setting: 'kind' },
  { id: 'dense-layers', title: 'Dense layers', layer: 'dense', setting: 'units' },
  { id: 'back-propagation', title: 'Back-propagation', layer: 'convolution', setting: 'start' },
];

/** The section before or after one; null: there is none. */
export function neighbour(id: LearnSectionId, by: -1 | 1): SectionWords | null {
  const at = sectionWords.findIndex((section) => section.id === id);
  return sectionWords[at + by] ?? null;
}
