import type { AccountsView } from '../../contract/views.ts';
import { searchKept } from '../../core/directory/kept-accounts.ts';
import { recentPeople } from '../../core/directory/recent-people.ts';
import { isEmail } from '../../core/draft-request.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { accountsQuestion, agentQuestion, contactQuestion } from '../../platform/privileged/directory.ts';
import { accountsDrawer, contactDrawer, keptAccounts } from '../../platform/privileged/directory-store.ts';
import { recentJobs } from '../../platform/privileged/history-store.ts';
import { readKey } from '../../platform/privileged/key-store.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import { askNow, lookUp } from '../look-up.ts';

/** So much of the history is looked through for its customers. */
const lookedThroughJobs = 200;

const contacts = { drawer: contactDrawer, isNothing: ({ isKnown }: { isKnown: boolean }) => !isKnown };
const accounts = {
  drawer: accountsDrawer,
  isNothing: (found: { companies: unknown[]; customers: unknown[] }) =>
    found.companies.length + found.customers.length === 0,
};

let finding: AbortController | null = null;

/** What Assembly and the history know of people and companies. */
export const peopleHandlers = {
  'people.recent': async () => ok(recentPeople(await recentJobs(lookedThroughJobs))),

  'people.lookUp': async input => {
    const email = input.email.trim();
    if (!isEmail(email)) return fail({ kind: 'bad-message' });
    const known = await lookUp(email, contactQuestion(email), contacts);
    if (!known.ok) return known;
    const { answer, at, failure } = known.value;
    return ok({ email, isKnown: answer?.isKnown ?? null, name: answer?.name ?? '', at, failure });
  },

  'accounts.find': async ({ name }) => {
    finding?.abort();
    finding = new AbortController();
    return findAccounts(name.trim(), finding.signal);
  },

  'agent.check': async input => {
    const email = input.email.trim();
    if (!isEmail(email)) return fail({ kind: 'bad-message' });
    const asked = await askNow(agentQuestion(email));
    if (asked.ok) return ok({ ...asked.value.answer, failure: null });
    return ok({ isKnown: null, name: '', failure: asked.failure });
  },
} satisfies Partial<Handlers>;

async function findAccounts(name: string, signal: AbortSignal): Promise<Result<AccountsView>> {
  if (name === '') return ok({ companies: [], customers: [], at: 0, failure: null });
  const known = await lookUp(name, accountsQuestion(name), accounts, signal);
  if (!known.ok) return known;
  const { answer, at, failure } = known.value;
  if (answer) return ok({ ...answer, at, failure });
  const others = searchKept(await keptAccounts((await readKey())?.id ?? null), name);
  const { companies, customers } = others?.accounts ?? { companies: [], customers: [] };
  return ok({ companies, customers, at: others?.at ?? 0, failure });
}
