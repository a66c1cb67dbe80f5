import * as v from 'valibot';
import { runConfigSchema, type RunConfig } from './config.ts';
import { isDatasetName } from './dataset-names.ts';
import { fields } from './fields.ts';

/** A run as one person gives it to another: without places of the machine that it was made on. */

/** What a teacher may hide in Set up. */
export const hideableParts = ['network', 'data', 'optimizer', 'regularisation', 'saving'] as const;
export type HideablePart = (typeof hideableParts)[number];

/** What a teacher hides of a set-up; none: everything is shown. */
export const hiddenPartsSchema = v.pipe(
  v.array(v.picklist(hideableParts)),
  v.maxLength(hideableParts.length),
);

export const portableSetupSchema = v.strictObject({
  config: runConfigSchema,
  hidden: hiddenPartsSchema,
  /** Its data were a place of the maker's machine and are not in it: whoever takes it keeps their own. */
  needsData: v.boolean(),
});
export type PortableSetup = v.InferOutput<typeof portableSetupSchema>;

/** The data are a folder or file, which nobody else has there. */
export const hasOwnData = ({ data }: RunConfig): boolean => !isDatasetName(data.dataset);

/** What a person is told of data that cannot be given away. */
export const ownDataSentence =
  'Your data are a place on this machine, which is left out: whoever takes the set-up keeps their own data.';

/** Without a place of this machine: the usual set stands in for it. */
export const withoutPlaces = (config: RunConfig): RunConfig =>
  hasOwnData(config)
    ? { ...config, data: { ...config.data, dataset: fields['data.dataset'].default } }
    : config;

/** The run of a set-up that was taken; where its data are not in it, those of the present run. */
export const takenConfig = ({ config, needsData }: PortableSetup, present: RunConfig): RunConfig =>
  needsData ? { ...config, data: { ...config.data, dataset: present.data.dataset } } : config;
