import type { CommandActions } from '../commands/command-dispatcher.ts';
import type { AppState } from './app-state.svelte.ts';

/** What each of the window's commands does. */
export const commandActions = (app: AppState): CommandActions => ({
  'start-or-pause': () => app.startOrPause(),
  stop: () => {
    if (app.proofs.isProving) void app.proofs.stop();
    else app.training.stop();
  },
  'go-to-train': () => app.places.goTo('train'),
  'go-to-set-up': () => app.places.goTo('set-up'),
  'go-to-draw': () => app.places.goTo('draw'),
  'go-to-mistakes': () => app.places.goTo('mistakes'),
  'go-to-runs': () => app.places.goTo('runs'),
  'show-commands': () => app.showDialog('commands'),
  'show-keys': () => app.showDialog('keys'),
  'choose-data': () => void app.datasetChoice.open(app.form.data),
  'choose-folder': () => void app.folder.choose(),
  'save-elsewhere': () => void app.folder.choose(),
  'reveal-folder': () => void app.folder.reveal(),
  'undo-change': () => app.form.undo(),
  'redo-change': () => app.form.redo(),
  'undo-stroke': () => app.drawing.undo(),
  'clear-drawing': () => app.drawing.clear(),
  'move-pen': (press) => {
    if (press !== null) app.pen.move(press);
  },
  'toggle-pen': () => app.pen.toggle(),
});
