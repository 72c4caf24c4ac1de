import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Page } from 'puppeteer-core';
import { runCommand } from '../run-command.ts';

/** A screen in memory, with a keyboard and a mouse whose events reach the browser itself, not only its pages. */
export interface Display {
  /** `:7`, the value for `DISPLAY`. */
  readonly name: string;
  /** Presses keys in the window that has the focus: `alt+shift+s`, `Down`, `Return` (xdotool's names). */
  press(...keys: string[]): Promise<void>;
  /** Moves the mouse to a point of the screen, in pixels, and clicks there. */
  click(x: number, y: number, button?: 'left' | 'right'): Promise<void>;
  /** The ids of the windows in sight; a menu of the browser is one, and a menu that opens out of another is one more. */
  visibleWindows(): Promise<string[]>;
  close(): Promise<void>;
}

const menuDelayMs = 100;
const menuOpensMs = 20_000;

/** Starts an Xvfb on a display number of its own choice, so that several can run side by side. */
export async function startDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const name = `:${await displayNumber(server.stdio[3])}`;
  const xdotool = async (...args: string[]) => {
    const { code, output } = await runCommand('xdotool', args, { env: { DISPLAY: name } });
    if (code !== 0) throw new Error(`xdotool ${args.join(' ')}: ${output.trim()}`);
  };
  return {
    name,
    press: (...keys) => xdotool('key', '--clearmodifiers', ...keys),
    click: (x, y, button = 'left') =>
      xdotool('mousemove', String(x), String(y), 'click', button === 'left' ? '1' : '3'),
    async visibleWindows() {
      const args = ['search', '--onlyvisible', '--maxdepth', '2', '--name', '.*'];
      const { output } = await runCommand('xdotool', args, { env: { DISPLAY: name } });
      return output.split('\n').filter(line => /^\d+$/.test(line));
    },
    async close() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

/** Opens the browser's menu on an element by a right click and walks it by keys, as xdotool names them. `Right` opens a menu in it. */
export async function chooseFromMenu(
  display: Display,
  page: Page,
  selector: string,
  keys: readonly string[],
): Promise<void> {
  const { x, y } = await screenPoint(page, selector);
  await untilMenuOpens(display, () => display.click(x, y, 'right'));
  for (const key of keys) {
    // A menu in sight takes the keyboard a moment later, and nothing tells when.
    await delay(menuDelayMs);
    if (key === 'Right') await untilMenuOpens(display, () => display.press(key));
    else await display.press(key);
  }
}

/** Does what opens a menu, and waits until there is a new window. */
async function untilMenuOpens(display: Display, open: () => Promise<void>): Promise<void> {
  const before = await display.visibleWindows();
  await open();
  const deadline = Date.now() + menuOpensMs;
  while ((await display.visibleWindows()).every(id => before.includes(id))) {
    if (Date.now() > deadline) throw new Error('The menu of the browser did not open.');
    await delay(20);
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** The middle of an element, in pixels of the screen, for a page in a window without a side bar. */
async function screenPoint(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.$eval(selector, element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    // All that is above the page belongs to the browser: tabs, address, and the bar that says it is automated.
    const aboveThePage = outerHeight - innerHeight;
    return {
      x: Math.round(screenX + left + width / 2),
      y: Math.round(screenY + aboveThePage + top + height / 2),
    };
  });
}

/** Xvfb writes its number and a newline to the given descriptor once it takes connections; the end of the stream means that it has failed. */
async function displayNumber(stream: unknown): Promise<string> {
  let text = '';
  if (stream instanceof Readable) {
    for await (const chunk of stream) {
      text += String(chunk);
      if (text.includes('\n')) return text.trim();
    }
  }
  throw new Error('Xvfb did not start.');
}
