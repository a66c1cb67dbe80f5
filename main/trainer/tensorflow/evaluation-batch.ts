import type { Memory } from '../../../shared/network-shape.ts';

/** Most examples of one evaluation batch: some 20 ms of work of the seed network. */
const MOST_EVALUATED = 256;
/** Bytes that an evaluation batch may take of a network of which so many examples take more. */
export const EVALUATION_BYTES = 256e6;
/** What a layer is given and what it makes of it; nothing is kept for a way back. */
export const COPIES_OF_AN_EVALUATED_ACTIVATION = 2;

/** Examples of one evaluation batch. It is the network's alone, for the last bits of a mean depend on it. */
export const evaluationBatch = ({ activations }: Memory): number =>
  Math.min(
    Math.max(Math.floor(EVALUATION_BYTES / (activations * COPIES_OF_AN_EVALUATED_ACTIVATION)), 1),
    MOST_EVALUATED,
  );
