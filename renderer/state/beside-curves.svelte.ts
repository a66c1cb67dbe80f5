import type { RunConfig } from '../../shared/config.ts';
import type { Snapshot } from '../../shared/contract.ts';
import type { EpochEvent, TrainerEventOf } from '../../shared/trainer-events.ts';
import type { Api } from '../api.ts';
import { ComparedRuns } from './compared-runs.svelte.ts';
import { LossRecord } from './loss-record.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { RunEvents } from './run-events.svelte.ts';
import { RunNotes } from './run-notes.svelte.ts';
import { RunVerdict } from './run-verdict.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import { RememberedChoices } from './train-choices.svelte.ts';

/** The parts of the window's state that are needed here. */
interface RunScene {
  readonly api: Api;
  readonly notices: Notices;
  readonly toasts: Toasts;
  readonly curves: { readonly epochs: readonly EpochEvent[] };
  readonly runEvents: RunEvents;
  readonly training: { readonly started: TrainerEventOf<'started'> | null };
  readonly form: { readonly config: RunConfig | null };
  readonly classNames: readonly string[];
  readonly folder: { readonly path: string; readonly recent: readonly string[] };
}

/** What stands beside the curves of the run: notes, the verdict, and what the run is compared with. */
export class BesideCurves {
  readonly #scene: RunScene;
  readonly lossRecord: LossRecord;
  readonly trainChoices: RememberedChoices;
  readonly notes: RunNotes;
  readonly verdict: RunVerdict;
  readonly compared: ComparedRuns;

  constructor(scene: RunScene) {
    const { api, notices, toasts, runEvents, curves, folder } = scene;
    this.#scene = scene;
    this.lossRecord = new LossRecord(api);
    this.trainChoices = new RememberedChoices(api, notices);
    this.notes = new RunNotes(api, toasts, { runEvents, lossRecord: this.lossRecord });
    this.verdict = new RunVerdict(api, {
      lossRecord: this.lossRecord,
      curves,
      trainChoices: this.trainChoices,
      config: () => this.#scene.training.started?.config ?? this.#scene.form.config,
      classCount: () => this.#scene.classNames.length,
    });
    this.compared = new ComparedRuns(api, {
      ...{ folder, runEvents, curves },
      trainChoices: this.trainChoices,
    });
  }

  load(snapshot: Snapshot): void {
    this.lossRecord.take(snapshot.history.steps);
    this.trainChoices.load(snapshot.trainChoices);
    this.notes.load(snapshot);
    this.compared.load();
  }
}
