import * as v from 'valibot';
import { runConfigSchema } from './config.ts';
import { hiddenPartsSchema, portableSetupSchema } from './portable-setup.ts';

/** Set-ups in files of their own, which hold a set-up string and nothing else; a part of the contract. */

const setupToSaveSchema = v.strictObject({ config: runConfigSchema, hidden: hiddenPartsSchema });
export type SetupToSave = v.InferOutput<typeof setupToSaveSchema>;

const openedSetupSchema = v.strictObject({
  /** The file's, without its ending. */
  name: v.string(),
  setup: portableSetupSchema,
});
export type OpenedSetup = v.InferOutput<typeof openedSetupSchema>;

export const setupFileCalls = {
  /** Asks where with the system's dialog, and writes a set-up there; null if the person cancels. */
  saveSetup: { input: setupToSaveSchema, output: v.nullable(v.string()) },
  /** Asks for such a file with the system's dialog, and reads it; null if the person cancels. */
  openSetup: { input: v.undefined(), output: v.nullable(openedSetupSchema) },
};
