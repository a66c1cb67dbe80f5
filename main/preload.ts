import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNEL, type Bridge } from '../shared/ipc.ts';

const OPEN_DROPPED = 'openDroppedFolder';

/** The page's only way out. Channels have a prefix, so that Electron's own can never be reached; the main process checks the rest. */
const bridge: Bridge = {
  invoke: (call, input) =>
    call === OPEN_DROPPED
      ? Promise.reject(new Error('Only what a person drops is opened.'))
      : ipcRenderer.invoke(CHANNEL + call, input),
  on(event, listener) {
    const forward = (_event: unknown, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(CHANNEL + event, forward);
    return () => ipcRenderer.off(CHANNEL + event, forward);
  },
};
contextBridge.exposeInMainWorld('firstlayer', bridge);

/** What no part of the page has taken is a folder to open. A page cannot make a file that has a path, so it is what a person dropped. */
window.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
});
window.addEventListener('drop', (event) => {
  const [dropped] = event.dataTransfer?.files ?? [];
  if (event.defaultPrevented || !dropped) return;
  event.preventDefault();
  const path = webUtils.getPathForFile(dropped);
  if (path !== '') void ipcRenderer.invoke(CHANNEL + OPEN_DROPPED, { path });
});
