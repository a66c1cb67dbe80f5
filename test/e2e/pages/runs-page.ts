import { expect, type Locator, type Page } from 'playwright/test';

/** The place Runs, by what a person sees and does in it. */
export class RunsPage {
  readonly #page: Page;
  /** Checkpoints by branch: one stop for the tab key. */
  readonly tree: Locator;
  readonly table: Locator;
  readonly empty: Locator;
  readonly toast: Locator;
  readonly comparison: Locator;
  readonly queue: Locator;
  readonly runs: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.tree = page.getByRole('listbox', { name: 'Checkpoints by branch and step' });
    this.table = page.getByRole('table', { name: 'Checkpoints' });
    this.empty = page.getByText('No checkpoint in this folder yet');
    this.toast = page.getByRole('group', { name: 'What was done' });
    this.comparison = page.getByRole('region', { name: 'Compare A and B' });
    this.queue = page.getByRole('region', { name: 'Next in the queue' });
    this.runs = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  }

  /** A row of the table, by its step and, where there are several, its branch. */
  row(step: number, branch?: number): Locator {
    const name = `Select step ${step}${branch === undefined ? '' : ` of branch ${branch}`}`;
    const button = this.#page.getByRole('button', { name, exact: branch !== undefined });
    return this.table.getByRole('row').filter({ has: button });
  }

  /** The checkpoint that is selected, as the tree calls it. */
  get selected(): Locator {
    return this.tree.getByRole('option', { selected: true });
  }

  async select(step: number): Promise<void> {
    await this.table.getByRole('button', { name: `Select step ${step}` }).click();
    await expect(this.#page.getByRole('heading', { name: `step ${step}` })).toBeVisible();
  }

  /** A button of the selected checkpoint's card. */
  button(name: 'Go back to' | 'Pin' | 'Unpin' | 'Export' | 'Verify' | 'Delete'): Locator {
    return this.#page.getByRole('button', { name: new RegExp(`^${name} step`) });
  }

  get compareFrom(): Locator {
    return this.#page.getByRole('button', { name: /^Compare others with/ });
  }

  notesOn(step: number): Locator {
    return this.#page.getByRole('list', { name: `Notes on step ${step}` });
  }
  async addNote(step: number, text: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Note on step ${step}…` }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Note on the run' });
    await dialog.getByLabel('What is worth remembering here').fill(text);
    await dialog.getByRole('button', { name: 'Keep note' }).click();
    await expect(dialog).toBeHidden();
  }

  async undo(): Promise<void> {
    await this.toast.getByRole('button', { name: 'Undo' }).click();
  }

  async addToQueue(name: string): Promise<void> {
    await this.queue.getByRole('button', { name: 'Add to queue…' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Add to the queue' });
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(dialog).toBeHidden();
  }

  /** Names of the runs in the queue, the next one first. */
  async queued(): Promise<string[]> {
    return this.queue.locator('.name').allInnerTexts();
  }
}
