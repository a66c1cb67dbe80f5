import type { CommandState } from '../../shared/commands.ts';
import { isBusyPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import { CommandDispatcher } from '../commands/command-dispatcher.ts';
import { BesideCurves } from './beside-curves.svelte.ts';
import { AugmentationPreview } from './augmentation-preview.svelte.ts';
import { commandActions } from './command-actions.ts';
import { CostEstimate } from './cost-estimate.svelte.ts';
import { Continuation } from './continuation.svelte.ts';
import { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import { Curves } from './curves.svelte.ts';
import { CurveView } from './curve-view.svelte.ts';
import { DatasetChoice } from './dataset-choice.svelte.ts';
import { Drawing } from './drawing.svelte.ts';
import { DrawState } from './draw-state.svelte.ts';
import { Evaluations } from './evaluations.svelte.ts';
import { FiltersState } from './filters-state.svelte.ts';
import { Gallery } from './gallery.svelte.ts';
import { describeNetwork } from '../text/layer-words.ts';
import { Insights } from './insights.svelte.ts';
import { KeyboardPen } from './keyboard-pen.svelte.ts';
import { KnownData } from './known-data.svelte.ts';
import { LabelMarks } from './label-marks.svelte.ts';
import { LayerHealth } from './layer-health.svelte.ts';
import { LayerHistograms } from './layer-histograms.svelte.ts';
import { LearnAnswers } from './learn-answers.svelte.ts';
import { Learning } from './learning.svelte.ts';
import { LiveChanges } from './live-changes.svelte.ts';
import { MeasuredTraining } from './measured-training.svelte.ts';
import { Mistakes } from './mistakes.svelte.ts';
import { NetworkEditor } from './network-editor.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { PlaceChoice } from './place-choice.svelte.ts';
import { Recognition } from './recognition.svelte.ts';
import { ExperimentRun } from './experiment.svelte.ts';
import { RangeTest } from './range-test.svelte.ts';
import { RunForm } from './run-form.svelte.ts';
import { RunEvents } from './run-events.svelte.ts';
import { RunStart } from './run-start.svelte.ts';
import { RunsState } from './runs-state.svelte.ts';
import { SetupExchange } from './setup-exchange.svelte.ts';
import { ThreadChoice } from './thread-choice.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { WeightEdits } from './weight-edits.svelte.ts';
import { TrainingStatus } from './training-status.svelte.ts';

/** Of the window's dialogs those that belong to no view. */
type WindowDialog = 'commands' | 'glossary' | 'keys' | 'range-test' | 'updates';

/** The window's whole state, put together; what takes two parts of it is here. */
export class AppState {
  readonly api: Api;
  readonly notices: Notices;
  readonly toasts = new Toasts();
  readonly places: PlaceChoice;
  readonly training: TrainingStatus;
  readonly folder: CheckpointFolder;
  readonly form: RunForm;
  readonly editor: NetworkEditor;
  readonly curves: Curves;
  readonly curveView: CurveView;
  readonly runEvents: RunEvents;
  readonly besideCurves: BesideCurves;
  readonly augmentationPreview: AugmentationPreview;
  readonly live: LiveChanges;
  readonly layerHealth: LayerHealth;
  readonly layerHistograms: LayerHistograms;
  readonly measured = new MeasuredTraining(this);
  readonly rangeTest: RangeTest;
  readonly experiment: ExperimentRun;
  readonly costEstimate: CostEstimate;
  readonly exchange: SetupExchange;
  readonly continuation: Continuation;
  readonly evaluations: Evaluations;
  readonly runs: RunsState;
  readonly filters: FiltersState;
  readonly mistakes: Mistakes;
  readonly labelMarks: LabelMarks;
  readonly gallery: Gallery;
  readonly weightEdits: WeightEdits;
  readonly threads: ThreadChoice;
  readonly recognition: Recognition;
  readonly insights: Insights;
  readonly learning: Learning;
  readonly learnAnswers: LearnAnswers;
  readonly draw: DrawState;
  readonly drawing = new Drawing(() => this.recognition.drawingChanged());
  readonly pen = new KeyboardPen(this.drawing);
  readonly knownData = new KnownData(this);
  readonly datasetChoice: DatasetChoice;
  readonly runStart = new RunStart(this);
  readonly commands: CommandDispatcher;
  #loaded = $state(false);
  #platform = $state('');
  #dialog = $state<WindowDialog | null>(null);

  constructor(api: Api) {
    this.api = api;
    this.notices = new Notices(api);
    this.places = new PlaceChoice(api, this.notices);
    this.training = new TrainingStatus(api, this.notices);
    this.folder = new CheckpointFolder(api, this.notices);
    this.form = new RunForm(
      api,
      this.notices,
      this.folder,
      () => this.knownData.counts?.train ?? null,
    );
    this.editor = new NetworkEditor(this.form);
    this.curves = new Curves(api);
    this.curveView = new CurveView(api, this.notices, this.curves);
    this.runEvents = new RunEvents(api);
    this.besideCurves = new BesideCurves(this);
    this.live = new LiveChanges(api, this.training, this.runEvents, this.toasts);
    this.layerHealth = new LayerHealth(
      api,
      () => this.training.started?.config.optimizer.learningRate ?? null,
    );
    this.layerHistograms = new LayerHistograms(api, this.notices, this);
    this.rangeTest = new RangeTest(api);
    this.experiment = new ExperimentRun(api);
    this.costEstimate = new CostEstimate(api, () => ({
      config: this.form.draft,
      image: this.knownData.image,
      counts: this.knownData.counts,
    }));
    this.continuation = new Continuation(api, this.notices, this.folder);
    this.evaluations = new Evaluations(this);
    this.runs = new RunsState(this);
    this.filters = new FiltersState(this);
    this.mistakes = new Mistakes(api, this);
    this.labelMarks = new LabelMarks(api, this.notices, this.toasts);
    this.gallery = new Gallery(api, this.mistakes, this.labelMarks);
    this.recognition = new Recognition(api, this.notices, this.drawing);
    this.weightEdits = new WeightEdits(api, this.notices, this.training, () => {
      void this.filters.firstLayer.readAgain();
      this.recognition.readAgain();
    });
    this.threads = new ThreadChoice(api, this);
    this.insights = new Insights(api, this.notices, this.recognition, this.training);
    this.learning = new Learning(api, this);
    this.learnAnswers = new LearnAnswers(this.learning);
    this.draw = new DrawState(this);
    this.datasetChoice = new DatasetChoice(api, (counted, image) =>
      this.knownData.take(counted, image),
    );
    this.exchange = new SetupExchange(api, this, () => this.places.goTo('set-up'));
    this.augmentationPreview = new AugmentationPreview(api, () =>
      this.datasetChoice.isOpen
        ? null
        : { data: this.form.data, seed: this.form.draft.training.seed },
    );
    this.commands = new CommandDispatcher(this, commandActions(this));
    let wasBusy = false;
    api.on('training', ({ phase }) => {
      const isBusy = isBusyPhase(phase);
      const { started } = this.training;
      // What was changed of a queue's run is not the form's.
      const isOfForm = !this.runs.queue.isTraining;
      if (wasBusy && !isBusy && started && isOfForm) this.form.keepLiveNumbers(started.config);
      if (phase === 'idle') this.weightEdits.goOnIfAsked(this.form.config);
      wasBusy = isBusy;
    });
    api.on('menu', (id) => this.commands.runCommand(id));
  }

  /** Asks the main process for everything; until then the window is empty but there. */
  async load(): Promise<void> {
    const snapshot = await this.notices.attempt('Open window', () => this.api.call('snapshot'));
    if (snapshot === undefined) return;
    this.#platform = snapshot.platform;
    this.places.load(snapshot.place);
    this.learning.load(snapshot.learnProgress);
    this.threads.load(snapshot);
    this.form.load(snapshot.config);
    this.folder.take(snapshot.folder);
    this.continuation.load(snapshot.folder.checkpoint, snapshot.training.phase);
    this.runs.proofs.take(snapshot.proof);
    this.curves.take(snapshot.history);
    this.curveView.load(snapshot.curveView, snapshot.folder.path);
    this.runEvents.take(snapshot.history);
    this.besideCurves.load(snapshot);
    this.layerHealth.take(snapshot.history);
    this.training.take(snapshot.training);
    this.filters.film.take(snapshot.history);
    this.filters.firstLayer.take(snapshot.training.phase);
    this.recognition.take(snapshot.training);
    this.exchange.load(snapshot.hidden);
    void this.runs.queue.load();
    void this.training.power.load();
    void this.notices.updates.load();
    if (this.form.data.ownDrawings) void this.draw.own.load();
    this.#loaded = true;
  }

  /** Which of the window's own dialogs is open. */
  get dialog(): WindowDialog | null {
    return this.#dialog;
  }
  /** Takes a learning rate that was found. */
  takeRate(rate: number): void {
    this.form.type('optimizer.learningRate', String(Number(rate.toPrecision(3))));
    this.toasts.show('The learning rate is taken.', () => this.form.undo());
  }
  openRangeTest(): void {
    if (this.form.config !== null) this.showDialog('range-test');
  }
  /** Null: none any more. */
  showDialog(dialog: WindowDialog | null): void {
    this.#dialog = dialog;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** What the images' classes are called; before there is a network, as far as it is known of the data. Empty: not known. */
  get classNames(): readonly string[] {
    return this.recognition.images?.classNames ?? this.knownData.classNames;
  }

  /** As `process.platform` names it; empty until loaded. */
  get platform(): string {
    return this.#platform;
  }

  get commandState(): CommandState {
    const { training, form, drawing } = this;
    return {
      phase: training.phase,
      isLoaded: this.#loaded,
      isPausing: training.pausing,
      isFormValid: this.runStart.invalid.length === 0,
      isProving: this.runs.proofs.isProving,
      place: this.places.place,
      canUndoChange: form.canUndo,
      canRedoChange: form.canRedo,
      hasCurve: this.besideCurves.notes.newestStep > 0,
      hasDrawing: !drawing.isEmpty,
      canUndoStroke: drawing.canUndo,
      canRedoStroke: drawing.canRedo,
      isPointerDown: drawing.isPointerDown,
    };
  }

  /** The form's network, layer by layer. */
  readonly network = $derived.by(() =>
    describeNetwork(this.form.network.layers, this.knownData.image),
  );
}
