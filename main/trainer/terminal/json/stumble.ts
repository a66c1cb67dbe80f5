import type { Open, Suspect } from './indentation.ts';

/** What may come next, such as after `{`, after a comma in an object, or after a name. */
export type Expected =
  'name or }' | 'name' | 'colon' | 'value' | 'value or ]' | 'comma or end' | 'nothing';

/** The place where the text stops being JSON. */
export interface Stumble {
  text: string;
  at: number;
  /** Empty if there is no valid token, or the text ends. */
  token: string;
  expected: Expected;
  /** The token before. */
  before: { at: number; end: number };
  within: Open | undefined;
  suspect: Suspect | null;
}

/** Where the mistake is, and what it is, without a full stop. */
export interface Cause {
  at: number;
  what: string;
}
