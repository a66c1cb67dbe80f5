import { version } from '../package.json';

/** Of this app. */
export const appVersion: string = version;
