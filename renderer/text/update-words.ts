import type { UpdateState } from '../../shared/update-check.ts';
import { whenWords } from './when-words.ts';

/** What was answered last, or why nothing was. */
export function updateAnswer(
  { isOn, isAsking, failure, newer, newest, running, askedAt }: UpdateState,
  now = Date.now(),
): string {
  if (!isOn) return `This is version ${running}. Whether there is a newer one is not asked.`;
  if (isAsking) return `This is version ${running}. The newest one is being asked for…`;
  if (failure) return `${failure.what} ${failure.remedy}`;
  if (newest === null || askedAt === null) return `This is version ${running}.`;
  const asked = whenWords(askedAt, now);
  return newer === null
    ? `This is version ${running}, the newest. Asked ${asked}.`
    : `Version ${newer} is there; this is version ${running}. Asked ${asked}.`;
}
