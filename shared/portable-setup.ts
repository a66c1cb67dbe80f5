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

/** Tells a person that their data cannot be passed on. */
export const ownDataSentence =
  'Your data are a place on this machine, which is left out: whoever takes the set-up keeps their own data.';

/**
 * The run without a place of this machine: the usual dataset takes its place, and no image is left out of it, as the list was of images of
 * the other.
 */
export const withoutPlaces = (config: RunConfig): RunConfig =>
  hasOwnData(config)
    ? {
        ...config,
        data: {
          ...config.data,
          dataset: fields['data.dataset'].default,
          leftOut: fields['data.leftOut'].default,
        },
      }
    : config;

/** The run of a received set-up; if its data are left out, with the data of the present run. */
export const takenConfig = (
  { config, needsData }: PortableSetup,
  { data: { dataset, leftOut } }: RunConfig,
): RunConfig => (needsData ? { ...config, data: { ...config.data, dataset, leftOut } } : config);
