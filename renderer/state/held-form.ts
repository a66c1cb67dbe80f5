import type { RunConfig } from '../../shared/config.ts';
import type { ImageShape } from '../../shared/network-shape.ts';

/** What is typed into fields, by the setting's path, as it is typed. */
export type FieldTexts = Readonly<Record<string, string>>;

/** All that the form holds. */
export interface HeldForm {
  /** The last value of each setting that was allowed. */
  config: RunConfig;
  texts: FieldTexts;
  /** What the data's images are, once they were looked at; null: it is not known here. */
  image: ImageShape | null;
  /** What the settings are compared with: the preset that was taken last, or that the run's network is called by. */
  basis: RunConfig;
}

/** What the form holds of a run that was saved, begun or taken. */
export function startOf(run: RunConfig): HeldForm {
  const config = withDrawingsOfNow(run);
  return { config, texts: {}, image: null, basis: config };
}

/** Of the person's own drawings a run is asked for with those that lie there when it begins, whichever another one learned from. */
function withDrawingsOfNow(run: RunConfig): RunConfig {
  const { ownDrawings } = run.data;
  if (!ownDrawings?.drawings) return run;
  return { ...run, data: { ...run.data, ownDrawings: { ...ownDrawings, drawings: null } } };
}
