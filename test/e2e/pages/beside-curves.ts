import type { Locator, Page } from 'playwright/test';

/** What stands beside the curves in Train: the verdict, notes, and runs to compare with. */
export class BesideCurves {
  readonly page: Page;
  readonly verdict: Locator;
  readonly hear: Locator;
  readonly tones: Locator;
  readonly addNote: Locator;
  readonly noteDialog: Locator;
  readonly events: Locator;
  readonly undo: Locator;
  readonly compare: Locator;
  /** How the run stands against the one that it is measured against. */
  readonly difference: Locator;

  constructor(page: Page) {
    this.page = page;
    const verdict = page.getByRole('region', { name: 'Verdict on the run' });
    this.verdict = verdict.getByTestId('verdict');
    this.hear = verdict.getByRole('button', { name: 'Hear it' });
    this.tones = verdict.getByRole('checkbox', { name: 'Tones' });
    const card = page.getByRole('region', { name: 'Events and notes' });
    this.addNote = card.getByRole('button', { name: 'Note…' });
    this.noteDialog = page.getByRole('dialog');
    this.events = card.getByRole('region', { name: 'Events of the run' });
    this.undo = page
      .getByRole('group', { name: 'What was done' })
      .getByRole('button', { name: 'Undo' });
    this.compare = page.locator('details', { hasText: 'Compare with…' });
    this.difference = page.getByTestId('difference');
  }

  /** Writes the text into the note dialog that is open, at the step that it proposes or another. */
  async writeNote(text: string, step?: number): Promise<void> {
    if (step !== undefined) await this.noteDialog.getByLabel('After step').fill(String(step));
    await this.noteDialog.getByLabel('What is worth remembering here').fill(text);
    await this.noteDialog.getByRole('button', { name: 'Keep note' }).click();
  }
  async openEvents(): Promise<void> {
    await this.page.getByText('Events', { exact: true }).click();
  }
  noteButton(does: 'Edit' | 'Remove', text: string): Locator {
    return this.events.getByRole('button', { name: new RegExp(`^${does} the note .*: ${text}`) });
  }
  async openCompare(): Promise<void> {
    await this.page.getByText('Compare with…', { exact: true }).click();
  }
  /** How many lines are laid over the run's own. */
  async extraLines(): Promise<number> {
    const count = await this.page.locator('[data-extra-lines]').getAttribute('data-extra-lines');
    return Number(count);
  }
}
