import type { TermTable } from './term.ts';

/** What is asked of a trained network. */
export const lookingTerms = {
  'exciting-image': [
    'What excites most',
    'The images to which one channel gives its highest value: they show what it has learned to look for.',
  ],
  'grad-cam': [
    'Grad-CAM',
    'A map of where the last convolution’s answers speak for a class: its maps, each weighed by how much the class’s score would grow with it.',
  ],
  'nearest-change': [
    'Nearest change',
    'A small change of the picture after which the network reads another class. It shows what tips the decision, and how little may do.',
    { learn: 'back-propagation' },
  ],
  occlusion: [
    'Occlusion',
    'Covers one part of the picture after the other and measures what the class loses. It is slow, but it tests instead of estimating.',
  ],
  saliency: [
    'Saliency',
    'For each pixel, how much the class’s score would change if it changed a little. It follows single strokes, but is noisy.',
    { learn: 'back-propagation' },
  ],
} as const satisfies TermTable;
