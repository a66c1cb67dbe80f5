import { contextBridge, ipcRenderer } from 'electron';
import { CHANNEL, type Bridge } from '../shared/ipc.ts';

/** The page's only way out. Channels have a prefix, so that Electron's own can never be reached; the main process checks the rest. */
const bridge: Bridge = {
  invoke: (call, input) => ipcRenderer.invoke(CHANNEL + call, input),
  on(event, listener) {
    const forward = (_event: unknown, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(CHANNEL + event, forward);
    return () => ipcRenderer.off(CHANNEL + event, forward);
  },
};
contextBridge.exposeInMainWorld('firstlayer', bridge);
