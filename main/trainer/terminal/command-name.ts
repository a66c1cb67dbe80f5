/** How a person starts one of the terminal's programs here: by npm, or by the app that they installed. */
export const commandOf = (program: string): string =>
  'electron' in process.versions ? `firstlayer --${program}` : `npm run ${program} --`;
