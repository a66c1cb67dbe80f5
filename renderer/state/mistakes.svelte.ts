import type { CheckpointSummary } from '../../shared/checkpoint-protocol.ts';
import { classMetricsOf } from '../../shared/class-metrics.ts';
import type { ExaminedPart } from '../../shared/dataset-parts.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Predicted, PredictionRequestOf } from '../../shared/predictions.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import type { EvaluatedScore } from '../../shared/score.ts';
import { isBusyPhase, type TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import { changesBetween, countChanges } from '../chart/example-choice.ts';
import { mixesOf } from '../chart/confusion.ts';
import { checkpointOf, type Evaluation } from '../chart/evaluations.ts';
import type { CheckpointList } from '../../shared/checkpoint-listing.ts';
import { TemperatureFit } from './temperature-fit.svelte.ts';

/** Parts of the window's state. */
interface Parts {
  readonly evaluations: { readonly all: readonly Evaluation[] };
  readonly runs: { readonly saved: { readonly list: CheckpointList | null } };
  readonly training: { readonly phase: TrainingPhase };
  readonly folder: { readonly path: string };
  readonly draw: { readonly own: { readonly listing: string } };
}

type Asked = PredictionRequestOf<'predictions'>;

/** What a checkpoint takes the examples of a part for: which one and which part a person looks at, and what is known of it. */
export class Mistakes {
  readonly #api: Api;
  readonly #parts: Parts;
  /** What a temperature makes of the very examples that are looked at. */
  readonly temperature: TemperatureFit;
  /** A checkpoint's name or an evaluation's id; null: the newest, whichever that is. */
  #chosen = $state<string | null>(null);
  #part = $state<ExaminedPart>('validation');
  #dataset = $state<string | null>(null);
  #beforeName = $state<string | null>(null);
  #predicted = $state.raw<{ key: string; it: Predicted } | null>(null);
  #before = $state.raw<{ key: string; it: Predicted } | null>(null);
  #failure = $state.raw<{ key: string; it: Failure } | null>(null);
  #progress = $state.raw<ReadingProgress | null>(null);
  /** What is being asked; null: nothing is. */
  #asking = $state<string | null>(null);
  /** What was stopped, which is not begun again unasked. */
  #stopped = $state<string | null>(null);
  #turn = 0;
  /** What the newest `load` was for. */
  #loading = '';

  constructor(api: Api, parts: Parts) {
    this.#api = api;
    this.#parts = parts;
    this.temperature = new TemperatureFit(api, () => {
      const [asked, scope] = [this.#asked, this.#key];
      return asked && scope !== null ? { asked, scope } : null;
    });
    api.on('predictionProgress', (progress) => {
      this.#progress = progress;
    });
  }

  /** Of the folder, the newest first. */
  get checkpoints(): readonly CheckpointSummary[] {
    return this.#parts.runs.saved.list?.checkpoints ?? [];
  }
  /** The run's evaluations of which no checkpoint is there. */
  readonly recorded = $derived.by(() =>
    this.#parts.evaluations.all.filter(
      (each) => checkpointOf(each, this.checkpoints) === undefined,
    ),
  );
  /** Null: an evaluation is looked at whose checkpoint is not there, or nothing at all. */
  readonly checkpoint = $derived.by(() => {
    const { checkpoints } = this;
    const chosen = checkpoints.find(({ name }) => name === this.#chosen);
    if (chosen || this.evaluation) return chosen ?? null;
    return checkpoints.find(({ isNewest }) => isNewest) ?? checkpoints[0] ?? null;
  });
  /** A recorded evaluation that is looked at without a checkpoint. */
  get evaluation(): Evaluation | null {
    const chosen = this.recorded.find(({ id }) => id === this.#chosen);
    return chosen ?? (this.checkpoints.length === 0 ? (this.recorded[0] ?? null) : null);
  }
  /** What the list of checkpoints and evaluations has chosen; empty: there is none. */
  get chosenId(): string {
    return this.evaluation?.id ?? this.checkpoint?.name ?? '';
  }
  get part(): ExaminedPart {
    return this.evaluation?.part ?? this.#part;
  }
  /** Another set's name or place; null: the run's own. */
  get dataset(): string | null {
    return this.#dataset;
  }
  /** The person's own drawings are looked at, and there are none, or it is not known yet. */
  get lacksDrawings(): boolean {
    return this.part === 'own' && this.#parts.draw.own.listing === '';
  }
  get step(): number | null {
    return this.evaluation?.step ?? this.checkpoint?.step ?? null;
  }

  readonly #asked = $derived.by((): Asked | null => {
    const { checkpoint } = this;
    if (checkpoint === null || this.lacksDrawings) return null;
    const { name } = checkpoint;
    return { type: 'predictions', checkpoint: name, dataset: this.#dataset, part: this.#part };
  });
  readonly #key = $derived.by(
    () => this.#asked && this.#keyOf(this.#parts.folder.path, this.#asked),
  );
  readonly #askedBefore = $derived.by((): Asked | null => {
    const { before } = this;
    return before && this.#asked && { ...this.#asked, checkpoint: before.name };
  });

  /** What the network took each example for; null: it is not known yet. */
  get predicted(): Predicted | null {
    const predicted = this.#predicted;
    return predicted !== null && predicted.key === this.#key ? predicted.it : null;
  }
  get failure(): Failure | null {
    const failure = this.#failure;
    return failure !== null && failure.key === this.#key ? failure.it : null;
  }
  get isAsking(): boolean {
    return this.#asking !== null;
  }
  get progress(): ReadingProgress | null {
    return this.#progress;
  }

  /** By the predictions, or as the run recorded it; null: it is not known yet. */
  readonly score = $derived.by((): EvaluatedScore | null => {
    if (this.predicted) return this.predicted.score;
    if (this.evaluation) return this.evaluation.score;
    if (this.#dataset !== null) return null;
    const { checkpoint } = this;
    const recorded = this.#parts.evaluations.all.find(
      (each) => each.part === this.#part && checkpointOf(each, this.checkpoints) === checkpoint,
    );
    return checkpoint ? (recorded?.score ?? null) : null;
  });
  /** By class; null where the score does not tell. */
  readonly rows = $derived.by(
    () =>
      this.score && (classMetricsOf(this.score)?.map((of, label) => ({ ...of, label })) ?? null),
  );
  /** What was taken for what, the most frequent first; undefined where the score does not tell. */
  readonly mixes = $derived.by(() => this.score?.confusion && mixesOf(this.score.confusion));
  /** How many examples were evaluated; null where the score does not tell. */
  get examples(): number | null {
    return this.rows?.reduce((sum, { examples }) => sum + examples, 0) ?? null;
  }

  /** The checkpoint that is compared with; null: none is. */
  get before(): CheckpointSummary | null {
    const found = this.checkpoints.find(({ name }) => name === this.#beforeName);
    return found && found !== this.checkpoint ? found : null;
  }
  readonly changed = $derived.by(() => {
    const { predicted } = this;
    const asked = this.#askedBefore;
    const key = asked && this.#keyOf(this.#parts.folder.path, asked);
    if (!predicted || this.#before?.key !== key) return null;
    return changesBetween(this.#before.it, predicted);
  });
  readonly changeCounts = $derived.by(() => this.changed && countChanges(this.changed));

  choose(id: string): void {
    // Whoever looks at the newest wants to see the next one too.
    const newest = this.checkpoints.find(({ isNewest }) => isNewest)?.name ?? this.recorded[0]?.id;
    this.#chosen = id === newest ? null : id;
    void this.load();
  }
  choosePart(part: ExaminedPart): void {
    this.#part = part;
    void this.load();
  }
  /** @param dataset null: the run's own */
  chooseDataset(dataset: string | null): void {
    this.#dataset = dataset;
    void this.load();
  }
  /** @param name of a checkpoint; null: nothing is compared */
  compareWith(name: string | null): void {
    this.#beforeName = name;
    void this.load();
  }

  /** As long as a run trains, only what a person asks for takes processor time from it. */
  get loadsByItself(): boolean {
    const { phase } = this.#parts.training;
    return this.#key !== null && this.#key !== this.#stopped && !isBusyPhase(phase);
  }
  /** What is to be known now; another whenever `load` has something to do. */
  get wanted(): string {
    return JSON.stringify([this.#key, this.#askedBefore]);
  }
  /** Asks for what is looked at, and for what it is compared with, unless both are known. */
  async load(): Promise<void> {
    const { wanted } = this;
    if (this.#asking !== null && wanted === this.#loading) return;
    this.#loading = wanted;
    const turn = ++this.#turn;
    this.#stopped = null;
    const shown = this.#asked;
    if (!shown) return;
    const folder = this.#parts.folder.path;
    const isWanted = (): boolean => turn === this.#turn;
    if (this.predicted === null) {
      const key = this.#keyOf(folder, shown);
      const it = await this.#ask(folder, shown, isWanted);
      if (!it || !isWanted()) return;
      this.#predicted = { key, it };
    }
    const before = this.#askedBefore;
    const key = before && this.#keyOf(folder, before);
    if (!before || key === null || this.#before?.key === key) return;
    const it = await this.#ask(folder, before, isWanted);
    if (it && isWanted()) this.#before = { key, it };
  }
  stop(): void {
    this.#turn++;
    this.#asking = null;
    this.#stopped = this.#key;
    this.#api.call('stopPredicting').catch(() => undefined);
  }

  async #ask(folder: string, asked: Asked, isWanted: () => boolean): Promise<Predicted | null> {
    const key = this.#keyOf(folder, asked);
    this.#asking = key;
    this.#progress = null;
    this.#failure = null;
    try {
      return await this.#api.askPredictions(asked);
    } catch (error) {
      if (isWanted() && this.#key) this.#failure = { key: this.#key, it: toFailure(error, folder) };
      return null;
    } finally {
      if (isWanted()) this.#asking = null;
    }
  }

  /** Of one's own drawings there are others whenever one is kept or corrected. */
  #keyOf(folder: string, asked: Asked): string {
    const { listing } = this.#parts.draw.own;
    return JSON.stringify([folder, asked, ...(asked.part === 'own' ? [listing] : [])]);
  }
}
