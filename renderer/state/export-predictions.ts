import { predictionsCsv } from '../text/predictions-csv.ts';
import type { Gallery } from './gallery.svelte.ts';
import type { Mistakes } from './mistakes.svelte.ts';
import type { SavingContext } from './saving-context.ts';

/** Has the images that the gallery shows saved as a table (CSV) where the person chooses, and says where. */
export async function exportPredictions(
  { api, notices, toasts }: SavingContext,
  { predicted, part }: Mistakes,
  { numbers, marked }: Gallery,
): Promise<void> {
  if (!predicted) return;
  const text = predictionsCsv(predicted, part, numbers, marked);
  const name = `mistakes-step-${predicted.step}-${part}`;
  const path = await notices.attempt('Export the table', () =>
    api.call('saveTable', { name, text }),
  );
  if (path) toasts.show(`The table is saved as ${path}.`);
}
