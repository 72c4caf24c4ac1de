import { screen, waitFor } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { JobView } from '../../../src/contract/views.ts';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import type { DraftProblem } from '../../../src/core/failure.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { ReplyFields } from '../../../src/popup/reply-fields.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { show } from '../../support/show.ts';

const hourMs = 3_600_000;
const sent = (order: number, number: string | null, changes: Partial<JobView> = {}) =>
  makeJobView({
    id: `cap_${order}`,
    draftId: `${order}`,
    order,
    createdAt: Date.now() - order * hourMs,
    state: { name: 'sent', at: 0, ticketNumber: number, historyId: null },
    ...changes,
  });
const history = [
  sent(1, 'ASM-1110', { title: 'Login loops' }),
  sent(2, null, { title: 'Its number never came', pageUrl: null }),
  makeJobView({ id: 'cap_3', draftId: '3', title: 'Waits' }),
  makeJobView({ id: 'cap_4', draftId: '4', title: 'Parked', state: parked() }),
  makeJobView({ id: 'capr_5', draftId: '5', kind: 'reply', title: 'A reply' }),
  sent(6, 'ASM-111', { title: 'Export stops' }),
];

function parked(): JobView['state'] {
  return { name: 'attention', failure: { kind: 'rejected', status: 400, detail: 'no' } };
}

beforeEach(() => {
  // happy-dom lays nothing out, and the navigation goes through what can be seen.
  const height = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(20);
  onTestFinished(() => height.mockRestore());
  fakeBrowser.store({ settings: { ...defaultSettings, agentName: 'Ada', agentEmail: 'ada@example.com' } });
  fakeBrowser.onMessage({ 'history.page': () => ok({ jobs: history, below: null }) });
});

function Reply({ draft, problems }: { draft: Partial<Draft>; problems: DraftProblem[] }) {
  const [edits, setEdits] = useState<Partial<Draft>>({});
  return (
    <fieldset class="draft">
      <ReplyFields
        draft={{ ...emptyDraft('d', 0, 'reply'), ...draft, ...edits }}
        problems={problems}
        onEdit={more => setEdits(before => ({ ...before, ...more }))}
        onChange={async () => true}
      >
        <p>Captures</p>
      </ReplyFields>
    </fieldset>
  );
}

function showReply(draft: Partial<Draft> = {}, problems: DraftProblem[] = []) {
  const shown = show(<Reply draft={draft} problems={problems} />);
  return {
    ...shown,
    redraw: (later: DraftProblem[]) => shown.redraw(<Reply draft={draft} problems={later} />),
  };
}

const ticket = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Ticket' });
const offered = () =>
  screen.queryAllByRole('option').map(option => option.querySelector('.combobox-label')?.textContent);
const asked = () => fakeBrowser.sent.filter(({ name }) => name === 'history.page');
function understood(): string {
  const ids = ticket().getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map(id => document.getElementById(id)?.textContent).join(' ');
}

describe('the ticket', () => {
  test('is looked for in the history only when its field has the focus', async () => {
    const { user } = showReply();
    await user.type(screen.getByRole('textbox', { name: 'Message' }), 'Words');
    expect(asked()).toEqual([]);
    await user.click(ticket());
    await waitFor(() => expect(offered()).toHaveLength(5));
    expect(asked()).toHaveLength(1);
  });

  test('is every ticket that was filed, waiting ones too, newest first, and no reply and no draft of its own', async () => {
    const { user } = showReply({ id: '4' });
    await user.click(ticket());
    await waitFor(() =>
      expect(offered()).toEqual([
        'ASM-1110 Login loops',
        'Its number never came',
        'Waits',
        'ASM-111 Export stops',
      ]),
    );
    const hints = screen.getAllByRole('option').map(option => option.querySelector('.hint')?.textContent);
    expect(hints[0]).toBe('1 hour ago · forum.example.com/t/42');
    expect(hints[1]).toBe('No number · 2 hours ago');
    expect(hints[2]).toMatch(/^Waiting · /);
  });

  test('comes first when its number is what was typed', async () => {
    const { user } = showReply();
    await user.type(ticket(), 'asm-111');
    await waitFor(() => expect(offered()).toEqual(['ASM-111 Export stops', 'ASM-1110 Login loops']));
  });

  test.each([
    ['Login', 'ASM-1110', /^Replies to ASM-1110 “Login loops”, filed 1 hour ago from forum\.example\.com\.$/],
    ['never', 'cap_2', /^Replies to “Its number never came”, filed 2 hours ago\.$/],
    ['Waits', 'cap_3', 'Replies to “Waits”, which still waits: the reply goes right after it.'],
    [
      'Parked',
      'cap_4',
      'Replies to “Parked”, which is not sent and needs your attention: the reply waits for it.',
    ],
  ])('that is chosen by %s is named by %s', async (typed, target, words) => {
    const { user } = showReply();
    await user.type(ticket(), typed);
    await waitFor(() => expect(offered()).toHaveLength(1));
    expect(understood()).toBe('Not chosen yet: the list has the tickets with these words.');
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(ticket().value).toBe(target));
    expect(understood()).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
    // Opened again, it offers all.
    await user.click(ticket());
    await waitFor(() => expect(offered()).toHaveLength(5));
  });

  test('that stands in the draft already is looked for at once', async () => {
    showReply({ replyTarget: 'ASM-111' });
    await waitFor(() => expect(understood()).toMatch(/^Replies to ASM-111 “Export stops”/));
  });

  test('whose number is not in the part that is read is looked for in the rest', async () => {
    let answer = (_: unknown) => {};
    const rest = new Promise(resolve => {
      answer = resolve;
    });
    fakeBrowser.onMessage({
      'history.page': async ({ below }) => {
        if (below === null) return ok({ jobs: history.slice(0, 1), below: 1 });
        await rest;
        return ok({ jobs: [], below: null });
      },
    });
    showReply({ replyTarget: 'ASM-42' });
    const looking = 'Looking for ASM-42 among the tickets that were filed from here…';
    await waitFor(() => expect(understood()).toBe(looking));
    answer(null);
    await waitFor(() => expect(understood()).toMatch(/^ASM-42 was not filed from here, and Assembly/));
  });

  test('of nobody: the list says why it is empty, and never covers what was understood', async () => {
    fakeBrowser.onMessage({ 'history.page': () => ok({ jobs: [], below: null }) });
    const { user } = showReply();
    await user.click(ticket());
    await waitFor(() => expect(screen.getAllByText('No ticket was filed from here yet.')).not.toEqual([]));
    await user.keyboard('desk_42');
    await waitFor(() => expect(screen.queryAllByText('No ticket was filed from here yet.')).toEqual([]));
    expect(understood()).toBe('Replies to the ticket that was filed under this source ID.');
  });

  test('is said to a screen reader when typing rests, and not at every key', async () => {
    const { user } = showReply();
    const said: string[] = [];
    const region = [...document.querySelectorAll('.reply-target [aria-live]')].at(-1);
    new MutationObserver(() => said.push(region?.textContent ?? '')).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    await user.type(ticket(), 'https://assembly.example/42');
    await waitFor(() => expect(region?.textContent).toMatch(/^There is no ULID in this link\./), {
      timeout: 3_000,
    });
    expect(new Set(said.filter(Boolean)).size).toBe(1);
  });

  test.each([
    ['two words', 'target-unclear', /^This is neither/],
    ['cap_1', 'target-discarded', /was discarded before it was sent/],
    ['cap_1', 'target-is-draft', /is a draft again/],
  ] as const)(
    'a problem stands in the place of what was understood of %s: %s',
    async (replyTarget, problem, words) => {
      showReply({ replyTarget }, [problem]);
      await waitFor(() => expect(asked()).toHaveLength(1));
      expect(understood()).toMatch(words);
      expect(ticket().getAttribute('aria-invalid')).toBe('true');
    },
  );
});

describe('while the tickets are looked at', () => {
  const [first, second, third] = [1, 2, 3].map(order =>
    sent(order, `ASM-${order}`, { title: `Ticket ${order}`, order: 10 - order }),
  ) as [JobView, JobView, JobView];
  const waits: JobView = { ...second, state: { name: 'queued', since: 0, isUrgent: false } };
  const names = ['ASM-1 Ticket 1', 'Ticket 2', 'ASM-3 Ticket 3'];
  const option = (label: string) => screen.getByRole('option', { name: new RegExp(label) });
  const lookedUp = () => fakeBrowser.sent.filter(({ name }) => name === 'outbox.list').length;
  let jobs: JobView[];

  beforeEach(() => {
    fakeBrowser.sent.length = 0;
    jobs = [first, waits, third];
    fakeBrowser.onMessage({
      'history.page': () => ok({ jobs: [first, waits, third], below: null }),
      'outbox.list': () => ok({ jobs, unreadable: [] }),
      'job.read': () => fail({ kind: 'not-found' }),
    });
  });

  function change(next: JobView[]) {
    jobs = next;
    const channel = new BroadcastChannel('capture-changes');
    channel.postMessage({ about: 'outbox', jobIds: [] });
    channel.close();
  }

  async function openOnSecond() {
    const { user } = showReply();
    await user.click(ticket());
    await waitFor(() => expect(offered()).toEqual(names));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(option('Ticket 2').getAttribute('aria-selected')).toBe('true');
    return user;
  }

  test('nothing is read at a change before the field was used', async () => {
    showReply();
    change([first]);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(lookedUp()).toBe(0);
  });

  test('a number that comes stands at its ticket, which stays the active one; the history is not read again', async () => {
    const user = await openOnSecond();
    change([first, second, third]);
    await waitFor(() => expect(offered()).toEqual(['ASM-1 Ticket 1', 'ASM-2 Ticket 2', 'ASM-3 Ticket 3']));
    expect(option('Ticket 2').getAttribute('aria-selected')).toBe('true');
    expect(ticket().getAttribute('aria-activedescendant')).toBe(option('Ticket 2').id);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(ticket().value).toBe('ASM-2'));
    expect(asked()).toHaveLength(1);
  });

  test('a ticket that comes moves none of them, and is offered when the list is opened again', async () => {
    const user = await openOnSecond();
    change([sent(0, 'ASM-9', { title: 'New', order: 99 }), first, second, third]);
    await waitFor(() => expect(offered()[1]).toBe('ASM-2 Ticket 2'));
    expect(offered()).toHaveLength(3);
    await user.keyboard('{Escape}');
    await user.click(ticket());
    await waitFor(() => expect(offered()[0]).toBe('ASM-9 New'));
  });

  test('a discarded one stays where it is, says so, and cannot be chosen; later it is not offered', async () => {
    const user = await openOnSecond();
    change([first, third]);
    await waitFor(() => expect(option('Ticket 2').getAttribute('aria-disabled')).toBe('true'));
    expect(offered()).toEqual(names);
    expect(option('Ticket 2').querySelector('.hint')?.textContent).toMatch(/^Discarded · /);
    await user.click(option('Ticket 2'));
    await user.keyboard('{Enter}');
    expect(ticket().value).toBe('');
    await user.keyboard('{Escape}');
    await user.click(ticket());
    await waitFor(() => expect(offered()).toEqual(['ASM-1 Ticket 1', 'ASM-3 Ticket 3']));
  });

  test('of the chosen one it is said what becomes of it', async () => {
    const user = await openOnSecond();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(understood()).toMatch(/^Replies to “Ticket 2”, which still waits/));
    change([first, third]);
    await waitFor(() =>
      expect(understood()).toBe(
        '“Ticket 2” was discarded. Choose another ticket, or bring it back in Activity.',
      ),
    );
    expect(ticket().value).toBe('cap_2');
    change([first, second, third]);
    await waitFor(() => expect(understood()).toMatch(/^Replies to ASM-2 “Ticket 2”/));
    await user.type(ticket(), 'x');
    expect(understood()).not.toMatch(/discarded/);
  });

  test('many changes at once are one look, and the one after it', async () => {
    await openOnSecond();
    fakeBrowser.onMessage({
      'outbox.list': async () => {
        await new Promise(resolve => setTimeout(resolve, 20));
        return ok({ jobs, unreadable: [] });
      },
    });
    for (let n = 0; n < 20; n += 1) change([first, second, third]);
    await waitFor(() => expect(offered()[1]).toBe('ASM-2 Ticket 2'));
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(lookedUp()).toBeLessThan(5);
    expect(asked()).toHaveLength(1);
  });
});

describe('who replies', () => {
  const email = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Your email' });
  const stored = () => fakeBrowser.stored().settings;

  test('is named, and can be changed right there', async () => {
    const { user } = showReply();
    await user.click(await screen.findByRole('button', { name: 'Change who replies' }));
    expect(email().value).toBe('ada@example.com');
    await user.clear(screen.getByRole('textbox', { name: 'Your name' }));
    await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'Ben');
    await waitFor(() => expect(stored()).toMatchObject({ agentName: 'Ben', agentEmail: 'ada@example.com' }));
  });

  test('can be typed at once when it is to be changed: the button that had the focus is gone', async () => {
    const { user } = showReply();
    await user.click(await screen.findByRole('button', { name: 'Change who replies' }));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Your name' })),
    );
  });

  test('is asked for when it is not known, and each key is stored', async () => {
    fakeBrowser.store({ settings: { ...defaultSettings, categories: ['Mine'] } });
    const { user, redraw } = showReply();
    await screen.findByRole('textbox', { name: 'Your email' });
    redraw(['agent-missing']);
    await waitFor(() => expect(document.activeElement).toBe(email()));
    expect(screen.getByText('Enter your email.')).toBeTruthy();
    await user.keyboard('b@example.com');
    await waitFor(() =>
      expect(stored()).toMatchObject({ agentEmail: 'b@example.com', categories: ['Mine'] }),
    );
    // It was asked for here: it stays, and what was wrong is wrong no more.
    expect(email().getAttribute('aria-invalid')).toBe('false');
  });

  test('an address that is none is told as such, not asked for as if nothing stood there', async () => {
    fakeBrowser.store({ settings: { ...defaultSettings, agentEmail: 'ada@' } });
    const { redraw } = showReply();
    await screen.findByRole('textbox', { name: 'Your email' });
    redraw(['agent-missing']);
    await waitFor(() => expect(document.activeElement).toBe(email()));
    expect(screen.getByText('This does not look like an email address.')).toBeTruthy();
    expect(screen.queryByText('Enter your email.')).toBeNull();
  });

  test('while more is wrong the focus goes to the first of it', async () => {
    fakeBrowser.store({ settings: defaultSettings });
    const { redraw } = showReply();
    await screen.findByRole('textbox', { name: 'Your email' });
    redraw(['message-missing', 'agent-missing']);
    await waitFor(() => expect(email().getAttribute('aria-invalid')).toBe('true'));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' })),
    );
  });

  test('says so when it cannot be stored', async () => {
    const { user } = showReply();
    await user.click(await screen.findByRole('button', { name: 'Change who replies' }));
    fakeBrowser.fillDisk();
    onTestFinished(() => fakeBrowser.emptyDisk());
    await user.type(email(), 'x');
    await screen.findByText(/^This could not be saved\./);
  });
});
