import { basename } from 'node:path';
import { crx } from '@crxjs/vite-plugin';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

/** Pages that the extension opens by itself, so that the manifest does not name them. */
const unlistedPages = ['src/activity/activity.html', 'src/editor/editor.html'];

/**
 * Takes back two things that crxjs does for every `?iife` import. It lists the file under `web_accessible_resources`, where any web page could
 * load it and so tell that the extension is installed; `scripting.executeScript` does not need that. And it leaves behind a module copy of the
 * script that nothing loads.
 */
function keepContentScriptsPrivate(): Plugin {
  return {
    name: 'keep-content-scripts-private',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const built = bundle['manifest.json'];
        if (built?.type !== 'asset') this.error('crxjs wrote no manifest.json');
        const { web_accessible_resources: _dropped, ...rest } = JSON.parse(String(built.source));
        built.source = `${JSON.stringify(rest, null, 2)}\n`;

        for (const [fileName, file] of Object.entries(bundle)) {
          if (file.type !== 'chunk' || !file.facadeModuleId?.includes('/src/content/')) continue;
          const isLoaded = Object.values(bundle).some(
            other =>
              other !== file &&
              String(other.type === 'chunk' ? other.code : other.source).includes(basename(fileName)),
          );
          if (!isLoaded) delete bundle[fileName];
        }
      },
    },
  };
}

export default defineConfig({
  plugins: [crx({ manifest }), keepContentScriptsPrivate()],
  // A library's browser variant may decode text by way of `document` and innerHTML: a worker lacks the one, and our policy forbids the other.
  resolve: { conditions: ['worker', ...defaultClientConditions] },
  build: {
    target: 'chrome140',
    sourcemap: false,
    modulePreload: false,
    // The licences of what is bundled ask to be shipped with it.
    license: { fileName: 'third-party-licences.md' },
    rolldownOptions: {
      input: unlistedPages,
      output: {
        // Our code writes nothing to the console (a lint rule); libraries may, and what they print could be a customer's words.
        minify: { compress: { dropConsole: true } },
        // Preact's code knows `dangerouslySetInnerHTML`. In a chunk of its own, the check of the bundles can except it and nothing else.
        codeSplitting: { groups: [{ name: 'preact', test: /[\\/]node_modules[\\/]preact[\\/]/ }] },
      },
    },
  },
});
