import { Api } from '../../renderer/api.ts';
import { Drawing } from '../../renderer/state/drawing.svelte.ts';
import { Notices } from '../../renderer/state/notices.svelte.ts';
import { Recognition } from '../../renderer/state/recognition.svelte.ts';
import { AnsweringBridge } from './answering-bridge.ts';

/** The parts of the window's state that read what is drawn, on a bridge that answers when the test says so. */
export function readingWindow() {
  const bridge = new AnsweringBridge();
  const api = new Api(bridge);
  const notices = new Notices(api);
  const recognition: Recognition = new Recognition(
    api,
    notices,
    new Drawing(() => recognition.drawingChanged()),
  );
  return { bridge, api, notices, recognition };
}
