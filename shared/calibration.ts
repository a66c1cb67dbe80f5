import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import { reliabilitySchema } from './reliability.ts';
import { count } from './schema-parts.ts';

/** How sure a checkpoint's network is of the examples of a part, before and after temperature scaling. */

const beforeAndAfter = <T extends v.GenericSchema>(schema: T) =>
  v.strictObject({ before: schema, after: schema });

const fitted = v.strictObject({
  state: v.literal('fitted'),
  temperature: v.number(),
  /** Whether the search ended at a bound, as shared/temperature.ts says. */
  bound: v.nullable(v.picklist(['least', 'most'])),
  /** How many validation images it is fitted on. */
  images: count,
  /** Of the part that was asked about: the mean negative log-likelihood in nats, and the reliability diagram. */
  loss: beforeAndAfter(v.number()),
  reliability: beforeAndAfter(reliabilitySchema),
  /** What must be known of the validation images: that they have changed since, and the like. */
  findings: v.array(failureSchema),
});

/** There is none: the run keeps no validation images, or the network gives no finite scores. */
const unfitted = v.strictObject({
  state: v.literal('none'),
  why: v.picklist(['no-validation', 'not-finite']),
});

export const calibrationSchema = v.strictObject({
  type: v.literal('calibration'),
  /** Of the checkpoint. */
  step: count,
  result: v.variant('state', [fitted, unfitted]),
});
export type Calibration = v.InferOutput<typeof calibrationSchema>;
export type FittedCalibration = v.InferOutput<typeof fitted>;
