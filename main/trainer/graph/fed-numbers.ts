/** The numbers that every step is fed, in the order of the graph's `settings` input; the dropout rates follow. */
export const FED_NUMBERS = ['learningRate', 'momentum', 'weightDecay'] as const;
