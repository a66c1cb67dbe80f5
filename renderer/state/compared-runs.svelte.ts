import type { Branch } from '../../shared/branch.ts';
import type { CheckpointAnswer } from '../../shared/checkpoint-protocol.ts';
import type { BranchSummary, ComparedRun } from '../../shared/compared-runs.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import {
  isSameLine,
  MOST_COMPARED,
  type ComparedLine,
  type RunLine,
} from '../../shared/train-choices.ts';
import type { EpochEvent } from '../../shared/trainer-events.ts';
import type { Api } from '../api.ts';
import type { ExtraLines } from '../chart/extra-line.ts';
import { extraLineOf, partedAfter, type LaidOver } from '../chart/laid-over.ts';
import { differenceWords, folderName } from '../text/compared-words.ts';
import type { RememberedChoices } from './train-choices.svelte.ts';

/** The parts of the window's state that are needed here. */
interface ComparedScene {
  readonly folder: { readonly path: string; readonly recent: readonly string[] };
  readonly runEvents: { readonly branch: Branch };
  readonly curves: { readonly epochs: readonly EpochEvent[] };
  readonly trainChoices: RememberedChoices;
}

type CurvesAnswer = Extract<CheckpointAnswer, { type: 'curves' }>;

/** A folder whose runs can be laid over. */
export interface ComparedFolder {
  path: string;
  isPresent: boolean;
  /** Null: not known yet. Of the present folder without the branch that is shown. */
  branches: readonly BranchSummary[] | null;
  /** Why it cannot be looked into; null: it can. */
  failure: Failure | null;
}

const idOf = ({ folder, branch }: RunLine): string => `${branch} ${folder}`;

/** Earlier runs and other branches, which a person lays over the curves of the run. */
export class ComparedRuns {
  readonly #api: Api;
  readonly #scene: ComparedScene;
  #branches = $state.raw<Readonly<Record<string, readonly BranchSummary[]>>>({});
  #failures = $state.raw<Readonly<Record<string, Failure>>>({});
  #curves = $state.raw<Readonly<Record<string, CurvesAnswer>>>({});
  #pointedId = $state<string | null>(null);
  /** What is under way, so that it is not asked for twice. */
  #asked: Readonly<Record<string, Promise<void> | undefined>> = {};
  readonly #lines = $derived.by(() => this.#linesShown());
  readonly #extraLines = $derived.by((): ExtraLines => ({
    loss: this.#lines.map((line) => extraLineOf(line, 'loss')),
    accuracy: this.#lines.map((line) => extraLineOf(line, 'accuracy')),
  }));

  constructor(api: Api, scene: ComparedScene) {
    this.#api = api;
    this.#scene = scene;
    // Another folder was opened, or a run began: its branches may be others.
    api.on('history', () => this.#readChosen());
  }

  load(): void {
    this.#readChosen();
  }

  /** The present folder first, then those used before. */
  get folders(): readonly ComparedFolder[] {
    const { path, recent } = this.#scene.folder;
    return [path, ...recent].map((each) => {
      const isPresent = each === path;
      const own = isPresent ? this.#scene.runEvents.branch.number : null;
      const known = this.#branches[each];
      return {
        path: each,
        isPresent,
        branches: known?.filter(({ branch }) => branch.number !== own) ?? null,
        failure: this.#failures[each] ?? null,
      };
    });
  }
  get extraLines(): ExtraLines {
    return this.#extraLines;
  }
  /** How many lines are chosen of folders that can be compared with. */
  get count(): number {
    return this.#chosen.length;
  }
  get isFull(): boolean {
    return this.#scene.trainChoices.choices.compared.length >= MOST_COMPARED;
  }
  /** Null: it is not laid over. */
  chosen(line: RunLine): ComparedLine | null {
    return this.#chosen.find((each) => isSameLine(each, line)) ?? null;
  }
  isReference(line: RunLine): boolean {
    const { reference } = this.#scene.trainChoices.choices;
    return reference !== null && isSameLine(reference, line);
  }
  /** How the run stands against the reference; null: there is none. */
  get difference(): string | null {
    const { reference } = this.#scene.trainChoices.choices;
    if (!reference || !this.chosen(reference)) return null;
    const curves = this.#curves[idOf(reference)];
    return curves
      ? differenceWords(this.#scene.curves.epochs, curves.epochs, this.labelOf(reference))
      : null;
  }

  /** What a line is called: the folder too, where it is not the present one. */
  labelOf({ folder, branch }: RunLine): string {
    if (folder === this.#scene.folder.path) return `branch ${branch}`;
    const hasBranches = (this.#branches[folder]?.length ?? 0) > 1;
    return hasBranches ? `${folderName(folder)}, branch ${branch}` : folderName(folder);
  }

  /** Looks into the present folder and the recent ones, again where it has done so before. */
  async look(): Promise<void> {
    const { path, recent } = this.#scene.folder;
    await Promise.all([path, ...recent].map((folder) => this.#readBranches(folder)));
  }

  /** Lays a line over the curves, in the first colour that no other has, or takes it away. */
  toggle(line: RunLine): void {
    const { compared, reference } = this.#scene.trainChoices.choices;
    const others = compared.filter((each) => !isSameLine(each, line));
    if (others.length < compared.length) {
      const isReference = reference !== null && isSameLine(reference, line);
      this.#scene.trainChoices.change({
        compared: others,
        ...(isReference && { reference: null }),
      });
      return;
    }
    if (this.isFull) return;
    const colour =
      Array.from({ length: MOST_COMPARED }, (_, k) => k + 1).find(
        (each) => !compared.some((other) => other.colour === each),
      ) ?? 1;
    this.#scene.trainChoices.change({ compared: [...compared, { ...line, colour }] });
    void this.#readCurves(line);
  }
  setColour(line: RunLine, colour: number): void {
    const { compared } = this.#scene.trainChoices.choices;
    this.#scene.trainChoices.change({
      compared: compared.map((each) => (isSameLine(each, line) ? { ...each, colour } : each)),
    });
  }
  /** Measures the run against a line, or no more. */
  toggleReference({ folder, branch }: RunLine): void {
    const is = this.isReference({ folder, branch });
    this.#scene.trainChoices.change({ reference: is ? null : { folder, branch } });
  }
  /** The line that a person points at in the list is drawn stronger; null: none is. */
  pointAt(line: RunLine | null): void {
    this.#pointedId = line && idOf(line);
  }

  /** Of what was chosen, that of folders which can still be compared with, and not the run itself. */
  get #chosen(): readonly ComparedLine[] {
    const { path, recent } = this.#scene.folder;
    const { number } = this.#scene.runEvents.branch;
    return this.#scene.trainChoices.choices.compared.filter(
      ({ folder, branch }) =>
        (folder === path && branch !== number) || (folder !== path && recent.includes(folder)),
    );
  }

  #linesShown(): LaidOver[] {
    return this.#chosen.flatMap((line) => {
      const curves = this.#curves[idOf(line)];
      if (!curves) return [];
      const isOwn = line.folder === this.#scene.folder.path;
      return {
        id: idOf(line),
        label: this.labelOf(line),
        colour: line.colour,
        isStrong: idOf(line) === this.#pointedId,
        training: curves.training,
        epochs: curves.epochs,
        from: isOwn ? partedAfter(this.#scene.runEvents.branch, curves.branch) : 0,
      };
    });
  }

  #readChosen(): void {
    // What is known stays until it is known anew: no line vanishes for a moment.
    for (const line of this.#chosen) void this.#readCurves(line);
  }

  async #readBranches(folder: string): Promise<void> {
    const answer = await this.#ask({ folder, request: { type: 'branches' } });
    if ('what' in answer) this.#failures = { ...this.#failures, [folder]: answer };
    else if (answer.type === 'branches') {
      this.#failures = Object.fromEntries(
        Object.entries(this.#failures).filter(([path]) => path !== folder),
      );
      this.#branches = { ...this.#branches, [folder]: answer.branches };
    }
  }

  #readCurves(line: RunLine): Promise<void> {
    const id = idOf(line);
    const under = this.#asked[id];
    if (under) return under;
    const asked = this.#readCurvesNow(line).finally(() => {
      this.#asked = { ...this.#asked, [id]: undefined };
    });
    this.#asked = { ...this.#asked, [id]: asked };
    return asked;
  }

  async #readCurvesNow({ folder, branch }: RunLine): Promise<void> {
    if (!this.#branches[folder]) await this.#readBranches(folder);
    const answer = await this.#ask({ folder, request: { type: 'curves', branch } });
    if ('what' in answer) this.#failures = { ...this.#failures, [folder]: answer };
    else if (answer.type === 'curves')
      this.#curves = { ...this.#curves, [idOf({ folder, branch })]: answer };
  }

  async #ask(asked: ComparedRun): Promise<CheckpointAnswer | Failure> {
    try {
      const answer = await this.#api.call('comparedRun', asked);
      return answer.type === 'refused' ? answer.failure : answer;
    } catch (error) {
      return toFailure(error, asked.folder);
    }
  }
}
