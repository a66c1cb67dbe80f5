import electron from 'electron';
import type { AppContract } from '../shared/contract.ts';
import type { Handlers } from '../shared/ipc.ts';

/** What Electron's clipboard was like before it became as the web's: set-up falls back to such a version. */
interface FormerClipboard {
  writeImage(image: Electron.NativeImage): void;
}
const isFormer = (clipboard: object): clipboard is FormerClipboard => 'writeImage' in clipboard;

/** Puts a PNG file's picture on the system's clipboard, which a page may not write to. */
async function copyPicture(bytes: Uint8Array): Promise<void> {
  // By name, what this version has not could not be imported.
  const { clipboard, nativeImage } = electron;
  if (isFormer(clipboard)) {
    clipboard.writeImage(nativeImage.createFromBuffer(Buffer.from(bytes)));
    return;
  }
  const png = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
  await clipboard.write([new electron.ClipboardItem({ 'image/png': png })]);
}

export const clipboardHandlers: Pick<Handlers<AppContract>, 'copyText' | 'copyPicture'> = {
  async copyText(text) {
    await electron.clipboard.writeText(text);
  },
  async copyPicture({ bytes }) {
    await copyPicture(bytes);
  },
};
