import type { PictureFile } from '../../shared/picture-file.ts';
import type { SavingContext } from './saving-context.ts';

/** Has a picture saved where the person chooses, and says where. */
export async function savePicture(
  { api, notices, toasts }: SavingContext,
  file: PictureFile,
): Promise<void> {
  const isNumbers = file.format === 'csv';
  const what = isNumbers ? 'Save the numbers' : 'Save the picture';
  const path = await notices.attempt(what, () => api.call('savePicture', file));
  if (path) toasts.show(`The ${isNumbers ? 'numbers are' : 'picture is'} saved as ${path}.`);
}
