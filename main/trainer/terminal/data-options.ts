import { seedRun } from '../../../shared/presets.ts';
import { readingText } from '../../../shared/reading-progress.ts';
import type { DataSettings } from '../data/data-settings.ts';
import type { ReadingWatch } from '../data/raw-dataset.ts';
import { ReadingPace } from '../data/reading-pace.ts';
import { checkConfig } from './config-file.ts';
import { optionOf } from './option-names.ts';
import { optionHelp, parsedOptions, settingOptions } from './options.ts';
import { withOptions } from './setting-values.ts';

/** Settings that say which data they are and how they are read, for programs that read data without training. */
const ofData = settingOptions.filter(
  ({ path }) =>
    /^data\.(?!batchSize|augmentation|ownDrawings)/.test(path) && path !== 'data.dataset',
);

export const dataOptions = parsedOptions(ofData);

/** The help text, a line or two for each option. */
export const dataOptionsHelp = ofData.map(optionHelp).join('\n');

/**
 * The settings by which a dataset is read.
 * @param given options by name
 * @throws ArgumentError
 */
export function dataSettings(
  dataset: string,
  given: Readonly<Record<string, unknown>>,
  base = seedRun(),
): DataSettings {
  const asked = withOptions({ ...base, data: { ...base.data, dataset } }, given);
  return checkConfig(asked, (path) => optionOf[path] ?? path).data;
}

/** Follows reading on standard error, if that is a terminal, and stops it on Ctrl-C. */
export function watchReading(): ReadingWatch & { end(): void } {
  const { stderr } = process;
  const pace = new ReadingPace();
  const stop = new AbortController();
  const onInterrupt = (): void => {
    stop.abort(new Error('stopped'));
  };
  process.once('SIGINT', onInterrupt);
  return {
    signal: stop.signal,
    progress(done, total, unit) {
      const progress = stderr.isTTY ? pace.measure(done, total, unit) : null;
      if (progress) stderr.write(`\r\x1b[KReading: ${readingText(progress)}`);
    },
    end() {
      process.removeListener('SIGINT', onInterrupt);
      if (stderr.isTTY) stderr.write('\r\x1b[K');
    },
  };
}
