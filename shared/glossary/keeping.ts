import type { TermTable } from './term.ts';

/** What is kept of a run. */
export const keepingTerms = {
  branch: [
    'Branch',
    'What was trained from an earlier checkpoint on, beside what had come after it. Both are kept.',
  ],
  checkpoint: [
    'Checkpoint',
    'All weights of the network at one step, saved in files, so that training can go on from there.',
  ],
  fingerprint: [
    'Fingerprint',
    'A short text that is computed of all saved numbers. If a single bit were another, so would the text be: equal ones mean equal checkpoints.',
  ],
  proof: [
    'Proof',
    'Trains again what led to a checkpoint and compares every bit. If all are equal, it comes from these settings, this seed and these data.',
  ],
  run: [
    'Run',
    'One training from its start to its end, with everything that was set for it, its curves and its checkpoints in one folder.',
  ],
} as const satisfies TermTable;
