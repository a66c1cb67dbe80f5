import type { PictureFile } from '../../shared/picture-file.ts';
import type { AppState } from './app-state.svelte.ts';

/** Has a picture saved where the person chooses, and says where. */
export async function savePicture(
  { api, notices, toasts }: Pick<AppState, 'api' | 'notices' | 'toasts'>,
  file: PictureFile,
): Promise<void> {
  const path = await notices.attempt('Save the picture', () => api.call('savePicture', file));
  if (path) toasts.show(`The picture is saved as ${path}.`);
}
