import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What one run of vitest came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Where the reporter writes its counts, as an environment variable. */
export const countsPathVariable = 'TEST_COUNTS_PATH';

/** A vitest reporter that leaves the counts, with the reason of each skip, for `npm test` to sum up. */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    // A file that cannot be loaded has no tests that could fail, and an error outside of any test fails none.
    const broken = modules.filter(module => module.errors().length > 0).length + unhandledErrors.length;
    const counts: Counts = {
      passed: tests.filter(test => test.result().state === 'passed').length,
      failed: tests.filter(test => test.result().state === 'failed').length + broken,
      skipped: tests.flatMap(test => {
        const result = test.result();
        if (result.state !== 'skipped') return [];
        return [{ name: test.fullName, reason: result.note ?? 'no reason was given' }];
      }),
    };
    const path = process.env[countsPathVariable];
    if (path) writeFileSync(path, JSON.stringify(counts));
  }
}
