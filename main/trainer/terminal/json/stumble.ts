import type { Open, Suspect } from './indentation.ts';

/** What may come next: after `{`, after a comma in an object, after a name, … */
export type Expected =
  'name or }' | 'name' | 'colon' | 'value' | 'value or ]' | 'comma or end' | 'nothing';

/** What may not be where it is. */
export interface Stumble {
  text: string;
  at: number;
  /** Empty: what is there is no token of JSON, or the text ends. */
  token: string;
  expected: Expected;
  /** The token before. */
  before: { at: number; end: number };
  within: Open | undefined;
  suspect: Suspect | null;
}

/** Where it went wrong, and in which way; no full stop. */
export interface Cause {
  at: number;
  what: string;
}
