import { expect, test } from 'vitest';
import { recentPeople } from '../../../../src/core/directory/recent-people.ts';
import { makeReply, makeTicket } from '../outbox/make-job.ts';

const company = (value: string) => ({ by: 'id', value, name: value }) as const;

function ticketFor(email: string | null, companyId: string | null = null) {
  const job = makeTicket();
  if (job.request.kind !== 'ticket') throw new Error('It is a ticket.');
  const customer = email === null ? null : { email, name: `Name of ${email}` };
  return {
    ...job,
    request: { ...job.request, customer, company: companyId === null ? null : company(companyId) },
  };
}

test('the latest customers come first, each once and with the latest name, five at most', () => {
  const jobs = ['a', 'B', 'A', null, 'c', 'd', 'e', 'f'].map(name =>
    ticketFor(name === null ? null : `${name}@example.com`),
  );
  expect(recentPeople(jobs).customers.map(({ email }) => email)).toEqual([
    'a@example.com',
    'B@example.com',
    'c@example.com',
    'd@example.com',
    'e@example.com',
  ]);
});

test('the latest companies come first, each once; replies have none', () => {
  const jobs = [makeReply('cap_0'), ticketFor(null, 'x'), ticketFor(null, 'y'), ticketFor(null, 'x')];
  expect(recentPeople(jobs)).toEqual({ customers: [], companies: [company('x'), company('y')] });
});
