import type { RunConfig } from '../../shared/config.ts';
import { rateScheduleWords, updateRuleWords } from '../../shared/fields/choices.ts';
import { fields } from '../../shared/fields.ts';
import { formatCount, formatNumber } from '../../shared/format.ts';

const list = (...parts: readonly (string | false)[]): string =>
  parts.filter((part) => part !== false).join(' · ');

/** What a closed section says of its settings. */
export function sectionSummary(id: string, config: RunConfig): string {
  const { optimizer, training, checkpoints } = config;
  switch (id) {
    case 'optimizer':
      return list(
        `${updateRuleWords[optimizer.rule.type]} ${formatNumber(optimizer.learningRate)}`,
        rateScheduleWords[optimizer.schedule.type],
      );
    case 'regularisation':
      return (
        list(
          optimizer.weightDecay > 0 && `decay ${optimizer.weightDecay}`,
          optimizer.labelSmoothing > 0 && `smoothing ${optimizer.labelSmoothing}`,
          optimizer.clipNorm !== null && `clip ${formatNumber(optimizer.clipNorm)}`,
        ) || 'none but dropout'
      );
    case 'numbers':
      return fields['training.precision'].choiceWords[training.precision].replace(/:.*/, '');
    case 'saving':
      return list(
        checkpoints.everySteps === null && checkpoints.everyMinutes === null
          ? 'each epoch'
          : 'within epochs too',
        `keep ${checkpoints.keep}`,
        training.maxSteps !== null && `at most ${formatCount(training.maxSteps)} steps`,
        training.earlyStopping !== null && 'stops early',
        training.goal !== null && 'stops at a goal',
      );
    default:
      return '';
  }
}
