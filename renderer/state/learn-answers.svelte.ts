import { LearnConvolution } from './learn-convolution.svelte.ts';
import { LearnWay } from './learn-way.svelte.ts';
import type { Learning } from './learning.svelte.ts';

/** What several pages of Learn ask of its network: who turns to the next page finds there what is known already. */
export class LearnAnswers {
  readonly convolution: LearnConvolution;
  readonly way: LearnWay;

  constructor(learning: Learning) {
    this.convolution = new LearnConvolution(learning);
    this.way = new LearnWay(learning);
  }
}
