import type { Preferences, PreferencesData } from '../../main/preferences-file.ts';
import { initialCurveView } from '../../shared/curve-view.ts';
import { initialLearnProgress } from '../../shared/learn-progress.ts';
import { seedRun } from '../../shared/presets.ts';
import { initialTrainChoices } from '../../shared/train-choices.ts';
import { initialUpdateChoice } from '../../shared/update-check.ts';

/** Settings as on a first start, kept in no file. */
export function memoryPreferences(): Preferences {
  const data: PreferencesData = {
    folder: null,
    language: 'system',
    place: 'train',
    curveView: initialCurveView,
    ownDrawings: null,
    threads: null,
    trainChoices: initialTrainChoices,
    learnProgress: initialLearnProgress,
    updates: initialUpdateChoice,
    recentFolders: [],
    config: seedRun(),
    hidden: [],
    window: null,
    windows: {},
  };
  return {
    get: (key) => data[key],
    set: (key, value) => {
      data[key] = value;
    },
  };
}
