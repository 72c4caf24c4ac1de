import { fireEvent } from '@testing-library/dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NextTry } from '../../../src/ui/components/next-try.tsx';
import { useNextTries } from '../../../src/ui/hooks/use-next-tries.ts';
import { instantText } from '../../../src/ui/instant-text.ts';
import { show } from '../../support/show.ts';

const start = new Date(2024, 5, 10, 18, 34).getTime();
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);
const shown = () => document.querySelector('[aria-hidden]')?.textContent;
const spoken = () => document.querySelector('.visually-hidden')?.textContent;

let lookAgain: () => void;

function Countdown({ at }: { at: number | null }) {
  const now = useNextTries(at === null ? [] : [at], lookAgain);
  return <NextTry at={at} now={now} />;
}

async function count(at: number | null) {
  const result = show(<Countdown at={at} />);
  // Effects begin with the next frame.
  await vi.advanceTimersByTimeAsync(100);
  return result;
}

function hide(isHidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  fireEvent(document, new Event('visibilitychange'));
}

beforeEach(() => {
  lookAgain = vi.fn<() => void>();
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('counts each second for the eye, and says an unchanging time of day', async () => {
  await count(start + 12_000);
  const said = spoken();
  expect(said).toBe(`Next try at ${instantText(start + 12_000, 'medium')}.`);
  for (const left of [12, 11, 10, 9]) {
    expect(shown()).toBe(`Next try in ${left} s.`);
    expect(spoken()).toBe(said);
    await seconds(1);
  }
  await seconds(20);
  expect(shown()).toBe('Next try now.');
  expect(spoken()).toBe(said);
});

test('keeps the room of its longest words', async () => {
  await count(start + 12_000);
  expect(document.querySelector('[aria-hidden]')?.getAttribute('data-widest')).toBe('Next try in 88 min.');
});

test('ticks only while something is to come', async () => {
  const { redraw } = await count(null);
  expect(vi.getTimerCount()).toBe(0);
  redraw(<Countdown at={start + 3_000} />);
  await seconds(1);
  expect(vi.getTimerCount()).toBe(1);
  redraw(<Countdown at={null} />);
  await seconds(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('rests while the page cannot be seen, and is right at once when it can', async () => {
  await count(start + 60_000);
  hide(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  await seconds(30);
  expect(shown()).toBe('Next try in 60 s.');
  hide(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(shown()).toBe('Next try in 30 s.');
  await seconds(1);
  expect(shown()).toBe('Next try in 29 s.');
});

test('looks again when the instant has passed, at most every five seconds, and not unseen', async () => {
  await count(start + 1_500);
  await seconds(1);
  expect(lookAgain).not.toHaveBeenCalled();
  await seconds(6);
  expect(lookAgain).toHaveBeenCalledTimes(1);
  await seconds(10);
  expect(lookAgain).toHaveBeenCalledTimes(3);
  hide(true);
  await seconds(10);
  expect(lookAgain).toHaveBeenCalledTimes(3);
});
