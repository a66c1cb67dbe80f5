import type { AppContract } from '../shared/contract.ts';
import type { Handlers } from '../shared/ipc.ts';

import type { Preferences } from './preferences-file.ts';

type Choices =
  'savePlace' | 'saveTrainChoices' | 'saveLearnProgress' | 'saveCurveView' | 'saveHidden';

/** What a person has chosen in the window, and how far they have come in Learn, kept for the next start. */
export const choiceHandlers = (preferences: Preferences): Pick<Handlers<AppContract>, Choices> => ({
  savePlace(place) {
    preferences.set('place', place);
  },
  saveTrainChoices(choices) {
    preferences.set('trainChoices', choices);
  },
  saveLearnProgress(progress) {
    preferences.set('learnProgress', progress);
  },
  saveCurveView(view) {
    preferences.set('curveView', view);
  },
  saveHidden(hidden) {
    preferences.set('hidden', hidden);
  },
});
