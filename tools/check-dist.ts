import { demoApiKey } from './assembly/settings.ts';
import { distPath } from './build.ts';
import { checkCode } from './check-dist/check-code.ts';
import { checkLicences } from './check-dist/check-licences.ts';
import { checkManifest } from './check-dist/check-manifest.ts';
import { checkMessages } from './check-dist/check-messages.ts';
import { checkReferences } from './check-dist/check-references.ts';
import { checkSizes, checkWorkerIsLean } from './check-dist/check-sizes.ts';
import { readFiles } from './check-dist/read-files.ts';

// Tells whether the built extension is fit to be shipped: one line per problem, and exit code 1 if there is any.
const files = readFiles(distPath);
const problems = [
  ...checkManifest(files),
  ...checkReferences(files),
  ...checkLicences(files),
  ...checkMessages(files),
  ...checkCode(files, [demoApiKey]),
  ...checkSizes(files),
  ...checkWorkerIsLean(files),
];
for (const { file, text } of problems) console.log(`dist/${file}: ${text}`);
if (problems.length === 0) console.log(`dist: ${files.size} files, no problem`);
process.exitCode = problems.length > 0 ? 1 : 0;
