import { app, BrowserWindow } from 'electron';

// The window in which ../draw-icons.mjs draws.
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const size = { width: 1100, height: 1100 };
  void new BrowserWindow({ ...size, transparent: true, frame: false }).loadURL('about:blank');
});
