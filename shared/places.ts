/** The window's places, in their order. */
export const places = ['train', 'set-up', 'draw', 'mistakes', 'runs', 'learn'] as const;
export type Place = (typeof places)[number];

/** The name of each place, and the question that it answers. */
export const placeWords: Readonly<Record<Place, { name: string; question: string }>> = {
  train: { name: 'Train', question: 'How is it going?' },
  'set-up': { name: 'Set up', question: 'What shall be trained, on what, and how?' },
  draw: { name: 'Draw', question: 'What does the network see in this?' },
  mistakes: { name: 'Mistakes', question: 'Where is it wrong, and why?' },
  runs: { name: 'Runs', question: 'What have I got?' },
  learn: { name: 'Learn', question: 'How does it work?' },
};
