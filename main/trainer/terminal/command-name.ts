/** How a person starts one of the terminal's programs here: by npm, or by the app that they installed. */
export const commandOf = (program: string): string =>
  process.versions.electron === undefined ? `npm run ${program} --` : `firstlayer --${program}`;
