import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run-command.ts';
import { type Finished, line, table } from './sim/report.ts';
import { missed, scenarios } from './sim/scenarios.ts';
import { simulate } from './sim/simulate.ts';
import { runTool, Trouble } from './trouble.ts';

const reportPath = 'docs/reliability.md';
const markers = ['<!-- sim:begin -->', '<!-- sim:end -->'] as const;

// `npm run sim` prints the table, `npm run sim -- --write` puts it into the docs too. The same code gives the same
// table: each run is decided by its seed.
await runTool(async () => {
  const options = process.argv.slice(2);
  const unknown = options.find(option => option !== '--write');
  if (unknown) throw new Trouble(`There is no option "${unknown}". The only one is --write.`);
  const finished: Finished[] = [];
  for (const scenario of scenarios) {
    const { setup, runs, horizonMs } = scenario;
    const results = Array.from({ length: runs }, (_, index) => simulate(setup, index + 1, horizonMs));
    const done = { scenario, results };
    finished.push(done);
    console.log(line(done));
  }
  console.log(`\n${table(finished)}`);
  if (options.includes('--write')) writeTable(table(finished));
  return finished.some(({ scenario, results }) => missed(scenario, results).length > 0) ? 1 : 0;
});

function writeTable(text: string): void {
  const path = join(projectRoot, reportPath);
  const [begin, end] = markers;
  const report = readFileSync(path, 'utf8');
  const [before, rest] = report.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Trouble(`${reportPath} has no ${begin} followed by ${end}: put them where the table belongs.`);
  }
  writeFileSync(path, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
