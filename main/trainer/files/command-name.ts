/** What electron-builder calls the archive that the app's programs are in, once it is packed. */
const ARCHIVE = '/app.asar/';

/** Whether this is the app that a person installed, from which Electron also runs the sources' programs. */
export const isInstalled = (place = import.meta.url): boolean => place.includes(ARCHIVE);

/**
 * How a person starts one of the terminal's programs here: by the app that they installed, or by npm. The only place that says so.
 * @param place of the program that asks
 */
export const commandOf = (program: string, place?: string): string =>
  isInstalled(place) ? `firstlayer --${program}` : `npm run ${program} --`;
