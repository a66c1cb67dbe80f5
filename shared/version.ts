import { version } from '../package.json';

/** Version of this app. */
export const appVersion: string = version;
