import { ok } from '../../core/result.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';

/** What Assembly and the history know of people and companies. */
export const peopleHandlers = {
  'people.recent': async () => ok({ customers: [], companies: [] }),
  'people.lookUp': async ({ email }) => ok({ email, isKnown: null, name: '', at: 0, failure: null }),
  'accounts.find': async () => ok({ companies: [], customers: [], at: 0, failure: null }),
  'agent.check': async () => ok({ isKnown: null, name: '', failure: null }),
} satisfies Partial<Handlers>;
