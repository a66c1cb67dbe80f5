/** Order of the numbers in the `settings` input; the dropout rates follow. */
export const SETTINGS = ['learningRate', 'momentum', 'weightDecay'] as const;
