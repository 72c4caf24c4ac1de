/** Something the person at the terminal can put right. The message is one clear sentence, with the way out. */
export class Trouble extends Error {}

/** Runs a command-line tool: a `Trouble` becomes its one sentence, anything else is a bug and shows its stack. */
export async function runTool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = 1;
  }
}

/** An unknown thrown value as one line of text. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
