import type { Api } from '../api.ts';
import { primaryAction, type PrimaryAction } from './primary-action.ts';
import { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import { Curves } from './curves.svelte.ts';
import { Drawing } from './drawing.svelte.ts';
import { FirstLayerFilters } from './first-layer-filters.svelte.ts';
import { fieldLabel } from '../text/form-fields.ts';
import { HyperparameterForm } from './hyperparameter-form.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Recognition } from './recognition.svelte.ts';
import { TrainingStatus } from './training-status.svelte.ts';

/** The window's whole state, put together; what takes two parts of it is here. */
export class AppState {
  readonly #api: Api;
  readonly notices: Notices;
  readonly training: TrainingStatus;
  readonly folder: CheckpointFolder;
  readonly form: HyperparameterForm;
  readonly curves: Curves;
  readonly firstLayer: FirstLayerFilters;
  readonly recognition: Recognition;
  readonly drawing = new Drawing(() => this.recognition.readAgain());
  #loaded = $state(false);

  constructor(api: Api) {
    this.#api = api;
    this.notices = new Notices(api);
    this.training = new TrainingStatus(api, this.notices);
    this.folder = new CheckpointFolder(api, this.notices);
    this.form = new HyperparameterForm(api, this.notices, this.folder);
    this.curves = new Curves(api);
    this.firstLayer = new FirstLayerFilters(api, this.notices);
    this.recognition = new Recognition(api, this.notices, this.drawing);
    api.on('menu', (item) => {
      if (item === 'start-or-pause') this.act();
      else if (item === 'stop') this.stop();
      else if (!this.training.busy) void this.folder.choose();
    });
  }

  /** Asks the main process for everything; until then the window is empty but there. */
  async load(): Promise<void> {
    const snapshot = await this.notices.attempt('Open window', () => this.#api.call('snapshot'));
    if (snapshot === undefined) return;
    this.form.load(snapshot.config);
    this.folder.take(snapshot.folder);
    this.curves.take(snapshot.history);
    this.training.take(snapshot.training);
    this.firstLayer.take(snapshot.training.phase);
    this.recognition.take(snapshot.training);
    this.#loaded = true;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get primary(): PrimaryAction {
    const { form, training, folder } = this;
    return primaryAction({
      phase: training.phase,
      pausing: training.pausing,
      checkpoint: folder.checkpoint,
      resumesAt: training.resumesAt,
      found: folder.found,
      invalid: Object.keys(form.problems).map((id) => fieldLabel(id) ?? id),
      epochs: form.epochs,
    });
  }

  /** What the one button, the space bar and the menu do. */
  act(): void {
    if (!this.#loaded) return;
    const { does } = this.primary;
    const { config } = this.form;
    if (does === 'start' && config !== null) this.training.start(config);
    else if (does === 'pause') this.training.pause();
    else if (does === 'resume') this.training.resume();
  }

  stop(): void {
    if (this.canStop) this.training.stop();
  }

  get canStop(): boolean {
    return this.training.busy && this.training.phase !== 'stopping';
  }
}
