import { describe, expect, it } from 'vitest';
import { isOwnFreshTicket, ownTicket, repliesWaitingFor } from '../../../../src/core/outbox/own-ticket.ts';
import { makeReply, makeTicket, states } from './make-job.ts';

const minuteMs = 60_000;
const sentAt = 1_000_000;
const ticket = makeTicket({ id: 'cap_1', state: { ...states.sent, at: sentAt } });
const reply = makeReply('cap_1', { id: 'capr_1' });

describe('the ticket of a reply', () => {
  it('is the one of this outbox with the id that the reply names', () => {
    expect(ownTicket(reply, [makeTicket({ id: 'cap_2' }), ticket])).toBe(ticket);
  });

  it('is none when there is no such ticket, or the reply names an Assembly id', () => {
    expect(ownTicket(reply, [makeTicket({ id: 'cap_2' }), makeReply('x', { id: 'cap_1' })])).toBeNull();
    expect(ownTicket(ticket, [ticket])).toBeNull();
  });

  it('is fresh for ten minutes after its delivery', () => {
    expect(isOwnFreshTicket(reply, [ticket], sentAt)).toBe(true);
    expect(isOwnFreshTicket(reply, [ticket], sentAt + 10 * minuteMs - 1)).toBe(true);
    expect(isOwnFreshTicket(reply, [ticket], sentAt + 10 * minuteMs)).toBe(false);
    expect(isOwnFreshTicket(reply, [ticket], sentAt - 10 * minuteMs)).toBe(false);
  });

  it('is not fresh before it is delivered, or when it is not ours', () => {
    expect(isOwnFreshTicket(reply, [makeTicket({ id: 'cap_1' })], sentAt)).toBe(false);
    expect(isOwnFreshTicket(reply, [], sentAt)).toBe(false);
  });
});

describe('the replies that wait for a ticket', () => {
  it('are those to it that have not left, whatever holds them', () => {
    const to = (target: string, name: keyof typeof states) =>
      makeReply(target, { id: `capr_${target}_${name}`, state: states[name] });
    const names = Object.keys(states) as (keyof typeof states)[];
    const jobs = [...names.map(name => to('cap_1', name)), ...names.map(name => to('cap_2', name))];
    const waiting = repliesWaitingFor(ticket, jobs).map(({ id }) => id);
    expect(waiting.sort()).toEqual(
      ['attention', 'paused', 'queued', 'waiting'].map(name => `capr_cap_1_${name}`),
    );
    expect(repliesWaitingFor(to('cap_1', 'queued'), jobs)).toEqual([]);
  });
});
