import { mergeConfig } from 'vite';
import { checkpointNames } from '../../test/e2e/kills/checkpoints.ts';
import shipped from '../../vite.config.ts';
import { insertCheckpoints } from './insert-checkpoints.ts';

// The shipped build with its checkpoints, and with two pages that tests need. Never for use: see kills.test.ts.
export default mergeConfig(shipped, {
  plugins: [insertCheckpoints(checkpointNames)],
  build: {
    outDir: 'dist-checkpoints',
    rolldownOptions: {
      input: ['tools/checkpoints/control.html', 'tools/checkpoints/second-sender.html'],
    },
  },
});
