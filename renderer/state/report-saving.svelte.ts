import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Has reports of the present folder's run made, and saved where the person chooses. */
export class ReportSaving {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #toasts: Toasts;
  #isBusy = $state(false);

  constructor(api: Api, notices: Notices, toasts: Toasts) {
    this.#api = api;
    this.#notices = notices;
    this.#toasts = toasts;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** @param checkpoint that it is of, by its name; null: the newest */
  async save(format: 'html' | 'pdf', checkpoint: string | null): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const saving = (): Promise<string | null> =>
      this.#api.call('saveReport', { format, ...(checkpoint !== null && { checkpoint }) });
    const path = await this.#notices.attempt('Report', saving);
    this.#isBusy = false;
    if (!path) return;
    const show = (): void => {
      void this.#notices.attempt('Show the report', () => this.#api.call('revealReport'));
    };
    this.#toasts.show(`The report is saved as ${path}.`, show, { label: 'Show' });
  }
}
