import type { Locator, Page } from 'playwright/test';

/** Where a checkpoint is proven, by what a person sees and does there. */
export class ProofPanel {
  readonly root: Locator;
  readonly prove: Locator;
  readonly fromStart: Locator;
  readonly stop: Locator;
  readonly dismiss: Locator;
  readonly progress: Locator;
  /** In words, once it has ended. */
  readonly verdict: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('region', { name: /^(Prove it|Proof of)/ });
    this.prove = this.root.getByRole('button', { name: /^Prove step/ });
    this.fromStart = this.root.getByRole('button', { name: 'From the run’s start' });
    this.stop = this.root.getByRole('button', { name: 'Stop proving' });
    this.dismiss = this.root.getByRole('button', { name: 'Dismiss' });
    this.progress = this.root.getByRole('progressbar', { name: 'Progress of the proof' });
    this.verdict = this.root.getByRole('status');
  }

  /** @returns the whole of it, which the shortened one is called */
  async fingerprint(label: 'As saved' | 'Trained again'): Promise<string> {
    const row = this.root.locator('dl > div').filter({ hasText: label });
    return (await row.locator('code').getAttribute('title')) ?? '';
  }
}
