// Holds pages of mission/report to what can be checked of WCAG 2.2 AA by machine: opens each in Chromium at three widths, in
// light and dark and as on paper, runs axe-core, and looks for what axe does not: a request to anywhere, text that runs out of
// the page, a folded part that paper would lose.
//
//   ./run [--shots FOLDER] [PAGE.html ...]
//
// fetches the packages into a scratch folder and starts this file there. Without pages it takes those of
// ../../mission/report/testdata. It exits 0 when nothing is wrong, and also, saying "skipped: …", when the packages or the
// browser are not there; 1 when something is wrong; 2 when it is called wrongly. Machines find about a third of what can be
// wrong: look at the page as well.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const widths = [320, 768, 1440];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

function usage(why) {
  console.error(why);
  process.exit(2);
}

const pages = [];
let shots = '';
const args = process.argv.slice(2);
while (args.length) {
  const arg = args.shift();
  if (arg === '--shots') {
    shots = resolve(process.env.FROM ?? '.', args.shift() ?? usage('--shots needs a folder'));
  } else if (arg.startsWith('-')) {
    usage(`there is no option ${arg}`);
  } else {
    pages.push(resolve(process.env.FROM ?? '.', arg));
  }
}
if (!pages.length) {
  const data = join(here, '../../mission/report/testdata');
  for (const name of existsSync(data) ? readdirSync(data).sort() : []) {
    if (name.endsWith('.html')) pages.push(join(data, name));
  }
}
if (!pages.length) usage('there is no page to look at');
for (const page of pages) if (!existsSync(page)) usage(`there is no file ${page}`);

const require = createRequire(join(process.cwd(), 'package.json'));
let chromium, axePath;
try {
  ({ chromium } = require('playwright-core'));
  axePath = require.resolve('axe-core/axe.min.js');
} catch {
  skip('axe-core and playwright-core are not installed in this folder: start internal/axe/run');
}
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = places.find((p) => p && existsSync(p));
if (!executablePath) skip('there is no Chromium: install it, or name it in CHROMIUM');
if (shots) mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
let faults = 0;
const fault = (text) => {
  faults++;
  console.log(`  FAULT ${text}`);
};

for (const file of pages) {
  for (const media of ['screen', 'print']) {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of media === 'print' ? [794] : widths) {
        const name = `${basename(file, '.html')} ${media} ${colorScheme} ${width}`;
        // The page forbids scripts to itself; axe is let in past that, as an extension of the browser would be.
        const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
        const page = await context.newPage();
        const asked = [];
        page.on('request', (r) => { if (!r.url().startsWith('data:')) asked.push(r.url()); });
        await page.emulateMedia({ media, colorScheme });
        await page.goto(pathToFileURL(file).href);
        if (asked.length !== 1) fault(`${name}: the page asks for ${asked.slice(1).join(', ')}`);
        // What is folded away is looked at as well.
        await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.dataset.was = d.open; });
        const lost = media !== 'print' ? 0 : await page.evaluate(() =>
          [...document.querySelectorAll('details:not([open]) > :not(summary)')]
            // The contents are of no use on paper, and a part too long for it says in its place that it is left out.
            .filter((e) => !e.closest('nav') && !e.closest('details.long')?.previousElementSibling?.matches('.paper'))
            .filter((e) => !e.checkVisibility({ contentVisibilityAuto: true })).length);
        if (lost) fault(`${name}: ${lost} folded parts are lost on paper`);
        await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
        const out = await page.evaluate(() => ({
          page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          parts: [...document.querySelectorAll('main *, header *, footer *')].filter((e) => {
            if (e.closest('.map, svg, .unseen') || !e.checkVisibility()) return false;
            const head = e.closest('thead');
            if (head && getComputedStyle(head).position === 'absolute') return false; // for screen readers alone
            const r = e.getBoundingClientRect();
            return r.width > 1 && (r.right > innerWidth + 1 || r.left < -1) && getComputedStyle(e).position !== 'absolute';
          }).slice(0, 3).map((e) => `${e.tagName.toLowerCase()} ${e.textContent.trim().slice(0, 40)}`),
        }));
        if (media === 'screen' && out.page > 0) fault(`${name}: the page is ${out.page} px wider than the window`);
        if (media === 'screen' && out.parts.length) fault(`${name}: runs out of the window: ${out.parts.join(' | ')}`);
        await page.addScriptTag({ path: axePath });
        const result = await page.evaluate(async (values) => await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations', 'incomplete'] }), tags);
        console.log(`${name}: ${result.passes.length} rules passed, ${result.violations.length} violated, ${result.incomplete.length} not decided`);
        for (const v of result.violations) {
          fault(`${v.id} (${v.impact}): ${v.help}`);
          for (const n of v.nodes.slice(0, 3)) console.log(`    ${n.html.slice(0, 160)}\n      ${n.any.concat(n.all, n.none).map((c) => c.message).join('; ').slice(0, 300)}`);
          if (v.nodes.length > 3) console.log(`    and ${v.nodes.length - 3} more`);
        }
        for (const v of result.incomplete) console.log(`  not decided: ${v.id}, ${v.nodes.length} places: ${v.help}`);
        if (shots) {
          await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = d.dataset.was === 'true'; });
          await page.screenshot({ path: join(shots, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
          if (media === 'print' && colorScheme === 'light') await page.pdf({ path: join(shots, `${basename(file, '.html')}.pdf`), preferCSSPageSize: true, printBackground: false });
        }
        await context.close();
      }
    }
  }
}
await browser.close();
console.log(faults ? `${faults} faults` : 'no faults');
process.exit(faults ? 1 : 0);
