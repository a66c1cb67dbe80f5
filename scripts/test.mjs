import './setup/node-version.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { prepare } from './setup/index.mjs';
import { runStages } from './testing/run-stages.mjs';
import { stages } from './testing/stages.mjs';

// npm test [-- STAGE…]: runs all stages, or those named. Later ones run even if an earlier one has failed.
await main(async () => {
  const chosen = chooseStages(process.argv.slice(2));
  await prepare(
    chosen.flatMap(({ parts }) => parts),
    [...new Set(chosen.flatMap(({ targets }) => targets))],
  );
  return runStages(chosen);
});

/** @param {string[]} names */
function chooseStages(names) {
  try {
    return stages(names);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SetupError(error.message, 'npm test', 'Name one of these, or none for all.');
  }
}
