import { predictionsCsv } from '../text/predictions-csv.ts';
import type { AppState } from './app-state.svelte.ts';

/** Has the images that the gallery shows saved as a table (CSV) where the person chooses, and says where. */
export async function exportPredictions({
  api,
  notices,
  toasts,
  mistakes,
  gallery,
}: Pick<AppState, 'api' | 'notices' | 'toasts' | 'mistakes' | 'gallery'>): Promise<void> {
  const { predicted, part } = mistakes;
  if (!predicted) return;
  const { numbers, marked } = gallery;
  const text = predictionsCsv(predicted, part, numbers, marked);
  const name = `mistakes-step-${predicted.step}-${part}`;
  const path = await notices.attempt('Export the table', () =>
    api.call('saveTable', { name, text }),
  );
  if (path) toasts.show(`The table is saved as ${path}.`);
}
