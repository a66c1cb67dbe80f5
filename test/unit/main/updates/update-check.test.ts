import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newestRelease } from '../../../../main/updates/newest-release.ts';
import { releasesOf } from '../../../../main/updates/releases.ts';
import { UpdateCheck } from '../../../../main/updates/update-check.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import type { UpdateState } from '../../../../shared/update-check.ts';
import { startHost, type Answer, type LocalHost } from '../../../support/local-host.ts';
import { memoryPreferences } from '../../../support/memory-preferences.ts';

const HOUR = 3_600_000;
const published =
  (tag: string): Answer =>
  (_request, response) => {
    response.end(JSON.stringify({ tag_name: tag, html_url: 'https://elsewhere.example/' }));
  };

let host: LocalHost;
let answer: Answer;
beforeEach(async () => {
  host = await startHost((request, response) => answer(request, response));
});
afterEach(async () => {
  vi.useRealTimers();
  await host.close();
});

describe('the check for newer versions', () => {
  let now: number;
  let logged: Failure[];
  let preferences: ReturnType<typeof memoryPreferences>;
  const started: UpdateCheck[] = [];
  beforeEach(() => {
    now = 1_700_000_000_000;
    logged = [];
    preferences = memoryPreferences();
    answer = published('v0.2.0');
  });
  afterEach(() => {
    for (const check of started.splice(0)) check.end();
  });

  /** As at a start of the app: what is known once it asks for nothing more. */
  async function begin(act = (check: UpdateCheck): unknown => check.begin()): Promise<UpdateState> {
    const check = new UpdateCheck({
      preferences,
      running: '0.1.0',
      releases: { asked: host.url, page: 'https://github.com/' },
      fetch,
      tell: () => undefined,
      log: (failure) => logged.push(failure),
      now: () => now,
    });
    started.push(check);
    act(check);
    await vi.waitFor(() => expect(check.state.isAsking).toBe(false));
    return check.state;
  }
  const switchOn = (check: UpdateCheck): unknown => check.switch(true);

  it('asks nothing as long as it is off, however often the app starts', async () => {
    for (const days of [0, 1, 30]) {
      now += days * 24 * HOUR;
      const state = await begin();
      expect(state).toMatchObject({ isOn: false, newer: null, askedAt: null });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.asked).toHaveLength(0);
  });

  it('asks when it is switched on, once a day, and remembers what it heard', async () => {
    expect(await begin(switchOn)).toMatchObject({ newer: '0.2.0', askedAt: now, failure: null });
    expect(host.asked).toHaveLength(1);
    now += 23 * HOUR;
    expect(await begin()).toMatchObject({ newer: '0.2.0' });
    expect(host.asked).toHaveLength(1);
    answer = published('v0.3.0');
    now += 2 * HOUR;
    expect(await begin()).toMatchObject({ newer: '0.3.0' });
    expect(host.asked).toHaveLength(2);
    await begin((check) => check.switch(false));
    now += 100 * HOUR;
    expect(await begin()).toMatchObject({ isOn: false });
    expect(host.asked).toHaveLength(2);
  });

  it('asks each day of an app that stays open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await begin(switchOn);
    for (let hour = 1; hour <= 25; hour++) {
      now += HOUR;
      await vi.advanceTimersByTimeAsync(HOUR);
    }
    await vi.waitFor(() => expect(host.asked).toHaveLength(2));
    started[0]!.end();
    now += 48 * HOUR;
    await vi.advanceTimersByTimeAsync(48 * HOUR);
    expect(host.asked).toHaveLength(2);
  });

  it.each(['v0.1.0', '0.0.9', 'v0.1.0-beta.2'])('takes %s for none that is newer', async (tag) => {
    answer = published(tag);
    expect(await begin(switchOn)).toMatchObject({ newer: null, failure: null });
  });

  it('keeps a notice that was put away, until there is a still newer version', async () => {
    await begin(switchOn);
    started[0]!.dismiss();
    expect(await begin()).toMatchObject({ newer: '0.2.0', dismissed: '0.2.0' });
  });

  it('that fails keeps what it knew, says why, and does not ask more often', async () => {
    await begin(switchOn);
    answer = (_request, response) => response.writeHead(500).end();
    now += 25 * HOUR;
    const failed = await begin();
    expect(failed).toMatchObject({ newer: '0.2.0', askedAt: now });
    expect(failed.failure!.what).toContain('the host answers 500');
    expect(logged).toHaveLength(1);
    now += HOUR;
    await begin();
    expect(host.asked).toHaveLength(2);
  });

  it('does without a version in a settings file that is none', async () => {
    preferences.set('updates', { isOn: false, askedAt: now, newest: 'soon', dismissed: null });
    expect(await begin()).toMatchObject({ newer: null });
  });
});

describe('an answer of the host', () => {
  const refused = async (given: Answer, patience?: number): Promise<string> => {
    answer = given;
    const error: unknown = await newestRelease(host.url, fetch, patience).then(
      (version) => version,
      (thrown: unknown) => thrown,
    );
    if (error instanceof FailureError) return error.failure.what;
    throw new Error(`It was not refused: ${String(error)}`);
  };
  const text =
    (body: string): Answer =>
    (_request, response) => {
      response.end(body);
    };

  it('is the version alone, whatever else is in it', async () => {
    answer = published(' v1.2.3 ');
    expect(await newestRelease(host.url, fetch)).toBe('1.2.3');
  });

  it('that leads elsewhere is not followed', async () => {
    const other = await startHost(published('v9.9.9'));
    try {
      const what = await refused((_request, response) =>
        response.writeHead(302, { location: other.url }).end(),
      );
      expect(what).toContain('redirect');
      expect(other.asked).toHaveLength(0);
    } finally {
      await other.close();
    }
  });

  it.each([
    ['not JSON', text('<html>sign in</html>'), 'no description of a version'],
    ['of another form', text('{"tag":"v1.0.0"}'), 'no description of a version'],
    ['without a version', published('newest'), 'names no version'],
    [
      'for no version yet',
      (_, response) => response.writeHead(404).end(),
      'no version is published',
    ],
    [
      'that is too long',
      text(`{"tag_name":"v1.0.0","body":"${'x'.repeat(2_000_000)}"}`),
      'more comes',
    ],
  ] as [string, Answer, string][])('%s is refused', async (_name, given, why) => {
    expect(await refused(given)).toContain(why);
  });

  it('that does not come is waited for no longer than is allowed', async () => {
    expect(await refused(() => undefined, 100)).toContain('took too long');
    const begun: Answer = (_request, response) => {
      response.writeHead(200);
      response.write('{"tag_name":');
    };
    expect(await refused(begun, 100)).toContain('took too long');
  });

  it('is waited for no longer even where a request does not end when it is told to', async () => {
    const endless = (): Promise<Response> => new Promise(() => undefined);
    await expect(newestRelease(host.url, endless, 50)).rejects.toMatchObject({
      failure: { what: expect.stringContaining('took too long') as string },
    });
  });
});

describe('where versions are published', () => {
  it.each([
    'https://github.com/some-body/app.x',
    'git+https://github.com/some-body/app.x.git',
    'git+ssh://git@github.com/some-body/app.x.git',
    'github:some-body/app.x',
    'some-body/app.x',
  ])('is read from %s', (url) => {
    const read = {
      asked: 'https://api.github.com/repos/some-body/app.x/releases/latest',
      page: 'https://github.com/some-body/app.x/releases/latest',
    };
    expect(releasesOf({ repository: url })).toEqual(read);
    expect(releasesOf({ repository: { type: 'git', url } })).toEqual(read);
    expect(releasesOf({ homepage: `${url.split('.git')[0]}#readme` })).toEqual(read);
  });

  it('is nowhere without a repository on GitHub', () => {
    for (const content of [
      {},
      { repository: 'https://example.org/some-body/app' },
      null,
      { repository: 3 },
    ])
      expect(releasesOf(content)).toBeNull();
  });
});
