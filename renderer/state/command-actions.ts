import type { LanguageChoice } from '../../shared/language.ts';
import type { Api } from '../api.ts';
import type { CommandActions } from '../commands/command-dispatcher.ts';
import type { BesideCurves } from './beside-curves.svelte.ts';
import type { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import type { DatasetChoice } from './dataset-choice.svelte.ts';
import type { Drawing } from './drawing.svelte.ts';
import type { Learning } from './learning.svelte.ts';
import type { KeyboardPen } from './keyboard-pen.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { PlaceChoice } from './place-choice.svelte.ts';
import type { Proofs } from './proofs.svelte.ts';
import type { RunForm } from './run-form.svelte.ts';
import type { TrainingStatus } from './training-status.svelte.ts';

/** The parts of the window's state that commands act on. */
interface CommandTargets {
  readonly api: Api;
  readonly notices: Notices;
  readonly training: TrainingStatus;
  readonly places: PlaceChoice;
  readonly datasetChoice: DatasetChoice;
  readonly form: RunForm;
  readonly folder: CheckpointFolder;
  readonly drawing: Drawing;
  readonly pen: KeyboardPen;
  readonly besideCurves: BesideCurves;
  readonly learning: Learning;
  readonly runs: { readonly proofs: Proofs };
  readonly runStart: { startOrPause(): void };
  showDialog(dialog: 'commands' | 'glossary' | 'keys' | 'updates'): void;
}

/** The main process answers with another page. */
const speak = ({ api, notices }: Pick<CommandTargets, 'api' | 'notices'>, choice: LanguageChoice) =>
  void notices.attempt('Language', () => api.call('chooseLanguage', choice));

/** What each of the window's commands does. */
export const commandActions = (app: CommandTargets): CommandActions => ({
  'start-or-pause': () => app.runStart.startOrPause(),
  stop: () => {
    if (app.runs.proofs.isProving) void app.runs.proofs.stop();
    else app.training.stop();
  },
  'go-to-train': () => app.places.goTo('train'),
  'go-to-set-up': () => app.places.goTo('set-up'),
  'go-to-draw': () => app.places.goTo('draw'),
  'go-to-mistakes': () => app.places.goTo('mistakes'),
  'go-to-runs': () => app.places.goTo('runs'),
  'go-to-learn': () => app.places.goTo('learn'),
  'show-commands': () => app.showDialog('commands'),
  'show-glossary': () => app.showDialog('glossary'),
  'show-keys': () => app.showDialog('keys'),
  'show-updates': () => app.showDialog('updates'),
  'language-system': () => speak(app, 'system'),
  'language-en': () => speak(app, 'en'),
  'language-de': () => speak(app, 'de'),
  'choose-data': () => void app.datasetChoice.open(app.form.data),
  'choose-folder': () => void app.folder.choose(),
  'save-elsewhere': () => void app.folder.choose(),
  'reveal-folder': () => void app.folder.reveal(),
  'undo-change': () => app.form.undo(),
  'redo-change': () => app.form.redo(),
  'add-note': () => app.besideCurves.notes.beginNew(),
  'next-section': () => app.learning.next(),
  'previous-section': () => app.learning.back(),
  'undo-stroke': () => app.drawing.undo(),
  'redo-stroke': () => app.drawing.redo(),
  'clear-drawing': () => app.drawing.clear(),
  'move-pen': (press) => {
    if (press !== null) app.pen.move(press);
  },
  'toggle-pen': () => app.pen.toggle(),
});
