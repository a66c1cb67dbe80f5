/** A part of a run's configuration, as a failure names it: `data.batchSize`. */
const PATH = /\b(?:network|optimizer|data|training|checkpoints)(?:\.[A-Za-z]\w*)+/g;

/** A failure's text with each setting called what a person can give or see, where there is such a thing. */
export const nameSettings = (text: string, nameOf: (path: string) => string | undefined): string =>
  text.replaceAll(PATH, (path) => nameOf(path) ?? path);
