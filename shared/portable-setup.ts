import * as v from 'valibot';
import { runConfigSchema, type RunConfig } from './config.ts';
import { isDatasetName } from './dataset-names.ts';
import { fields } from './fields.ts';

/** A run that one person gives to another, without places of the machine on which it was made. */

/** Parts of Set up that a teacher may hide. */
export const hideableParts = ['network', 'data', 'optimizer', 'regularisation', 'saving'] as const;
export type HideablePart = (typeof hideableParts)[number];

/** The parts that a teacher hides; if there are none, everything is shown. */
export const hiddenPartsSchema = v.pipe(
  v.array(v.picklist(hideableParts)),
  v.maxLength(hideableParts.length),
);

export const portableSetupSchema = v.strictObject({
  config: runConfigSchema,
  hidden: hiddenPartsSchema,
  /** Whether the data were a place on the maker's machine, which is left out, so that a person who uses the set-up keeps their own. */
  needsData: v.boolean(),
});
export type PortableSetup = v.InferOutput<typeof portableSetupSchema>;

/** Whether the data are a folder or file, which other machines do not have. */
export const hasOwnData = ({ data }: RunConfig): boolean => !isDatasetName(data.dataset);

/** Sentences that tell a person what of a run cannot be passed on. */
export const notPassedOn = (config: RunConfig): string[] => [
  ...(hasOwnData(config)
    ? [
        'Your data are a place on this machine, which is left out: whoever takes the set-up keeps their own data.',
      ]
    : []),
  ...(config.data.ownDrawings
    ? ['Your own drawings stay on this machine: whoever takes the set-up trains without them.']
    : []),
];

/**
 * The run without places of this machine: no drawings of one's own, and the usual dataset in the place of one's own. Of that no image is
 * left out, as the list was of images of the other.
 */
export function withoutPlaces(config: RunConfig): RunConfig {
  const { ownDrawings, ...data } = config.data;
  const kept = ownDrawings ? { ...config, data } : config;
  if (!hasOwnData(config)) return kept;
  const usual = {
    dataset: fields['data.dataset'].default,
    leftOut: fields['data.leftOut'].default,
  };
  return { ...kept, data: { ...kept.data, ...usual } };
}

/** The run of a received set-up; if its data are left out, with the data of the present run. */
export function takenConfig({ config, needsData }: PortableSetup, present: RunConfig): RunConfig {
  if (!needsData) return config;
  const { dataset, leftOut, ownDrawings } = present.data;
  const own = ownDrawings ? { ownDrawings } : {};
  return { ...config, data: { ...config.data, dataset, leftOut, ...own } };
}
