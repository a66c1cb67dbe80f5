import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** What it takes to have something saved and to say where it is. */
export interface SavingContext {
  readonly api: Api;
  readonly notices: Notices;
  readonly toasts: Toasts;
}
