import type { CurveExport } from '../chart/curve-export.ts';
import type { SavingContext } from './saving-context.ts';
import { savePicture } from './save-picture.ts';

/** Has a chart's picture or numbers saved where the person chooses, or copied, and says so. */
export async function exportCurve(app: SavingContext, { does, file }: CurveExport): Promise<void> {
  if (does === 'save') {
    await savePicture(app, file);
    return;
  }
  const { api, notices, toasts } = app;
  const { format, bytes } = file;
  const copied = await notices.attempt('Copy', async () => {
    if (format === 'png') await api.call('copyPicture', { bytes });
    else await api.call('copyText', new TextDecoder().decode(bytes));
    return true;
  });
  if (copied) toasts.show(format === 'csv' ? 'The numbers are copied.' : 'The picture is copied.');
}
