// Opens every page that can be reached by links from where a person begins, as that person: each in both languages,
// light and dark, on a phone, a tablet and a desk. One TAP line for each kind of page.
//   node walk.mjs FOLDER_OF_NPM CHROMIUM BASE WHO LINK LAST4 PASSWORD NOTES FIRST_PATH... [--pictures FOLDER]
// NOTES: a file of what earlier walks have seen. LINK may be "-": nobody in particular. PASSWORD may be "-".
// A first path PATH=FILE,FILE: the files are sent by the form of PATH, and what comes then is looked at too.
import { createRequire } from 'node:module';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';

const [folder, browserPath, base, who, link, digits, password, ...rest] = process.argv.slice(2);
const at = rest.indexOf('--pictures');
const pictures = at < 0 ? null : rest.splice(at, 2)[1];
const notes = rest.shift();
const require = createRequire(`${folder}/`);
const { chromium } = require('playwright-core');
// Kinds of page that an earlier walk has looked at thoroughly; the same ones for another person get two looks in place of
// twelve.
const known = new Set(existsSync(`${notes}`) ? readFileSync(notes, 'utf8').split('\n') : []);
// All lists are one page with other columns.
const list = /^\/desk\/list\//;
let listed = [...known].some(name => list.test(name));
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
if (pictures) mkdirSync(pictures, { recursive: true });

const WIDTHS = [[360, 740], [768, 1024], [1280, 900]];
const ALL_RULES = { resultTypes: ['violations'] };
// Those that the window's width and the colours can change.
const RULES_OF_LOOKS = { ...ALL_RULES, runOnly: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'] };
const PHONE_BYTES = 15 * 1024;
const ROWS = 30;
const LIMIT = 90; // kinds of page for one person; more would be a loop
// The desk's pages are for a desk, and lists of any length: only the others must fit a phone's first 15 KB.
const forPhone = path => !path.startsWith('/desk');
const kind = path => path.replace(/\?.*/, '').replace(/\/\d+/g, '/N').replace(/(\/[pgcu]\/)[^/]{20,}/, '$1LINK');
// What is no page, or would end the visit.
const aside = path => /^\/(a|f|api)\/|^\/(healthz|readyz)$|\.csv|\.ics$|format=csv|[?&](lang|size)=/.test(path);

let count = 0;
const say = (name, faults) => {
    count++;
    console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - ${who}: ${name}`);
    for (const fault of faults) console.log(`# ${fault}`);
};

const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
let failed = false;
try {
    const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const outside = [], errors = [];
    page.on('request', r => { if (!r.url().startsWith(base) && !/^(data|about|blob):/.test(r.url())) outside.push(r.url()); });
    page.on('pageerror', e => errors.push(String(e)));
    const go = path => page.goto(base + path, { waitUntil: 'load' });

    const press = () => Promise.all([page.waitForEvent('load'), page.click('.button-main')]);

    if (link !== '-') {
        await go(link.replace(/^https?:\/\/[^/]+/, ''));
        if (!await page.locator('#digits').count()) await press();
        if (await page.locator('#digits').count()) { await page.fill('#digits', digits); await press(); }
    }
    if (password !== '-') {
        await go('/login?to=/desk');
        await page.fill('#password', password);
        await press();
    }

    const waiting = [...rest], seen = new Map();
    // What is there now, in the widths and colours that are due.
    const look = async (name, lang, faults) => {
        const heads = await page.locator('h1').count();
        if (heads !== 1) faults.push(`${lang}: ${heads} headings h1`);
        const said = await page.locator('body').innerText();
        if (/\{\{|\bundefined\b|\bnull\b|(^|\s)(web|view|column|state)\.[a-z_]+(\.|\s|$)/m.test(said))
            faults.push(`${lang}: a word is missing: ${said.match(/.{0,30}(\{\{|undefined|null|(web|view|column|state)\.[a-z_]+).{0,30}/)?.[0]}`);
        await page.addScriptTag({ content: axe });
        // Rows of a list are alike: the first ones stand for all, or a list of a thousand takes a minute.
        await page.evaluate(n => document.querySelectorAll('tbody, ul, ol, select, .columns').forEach(
            list => [...list.children].slice(n).forEach(row => row.remove())), ROWS);
        for (const theme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme: theme });
            for (const [width, height] of WIDTHS) {
                const main = theme === 'light' ? width === 360 : width === 1280;
                if ((known.has(name) || (list.test(name) && listed)) && !(main && (theme === 'light') === (lang === 'zh'))) continue;
                await page.setViewportSize({ width, height });
                const where = `${lang} ${theme} ${width} px`;
                const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
                if (wide > 0) faults.push(`${where}: ${wide} px wider than the window`);
                const { violations } = await page.evaluate(rules => axe.run(document, rules), main ? ALL_RULES : RULES_OF_LOOKS);
                for (const v of violations) faults.push(`${where}: ${v.id}: ${v.nodes[0].target} ${v.nodes[0].html.slice(0, 120)}`);
                if (pictures) await page.screenshot({ path: `${pictures}/${who}${name.replaceAll('/', '_')}-${lang}-${theme}-${width}.png`, fullPage: true });
            }
        }
    };
    while (waiting.length) {
        const [path, files] = waiting.shift().split(/=(?=\/)/), name = kind(path) + (files ? ` with ${files.split(',').length} files` : '');
        if (seen.has(name) || seen.size >= LIMIT) continue;
        const faults = [];
        seen.set(name, path);
        outside.length = errors.length = 0;
        for (const lang of ['zh', 'en']) {
            const response = await go(path + (path.includes('?') ? '&' : '?') + 'lang=' + lang);
            if (response.status() !== 200) faults.push(`${lang}: status ${response.status()}`);
            if (!/text\/html/.test(response.headers()['content-type'] || '')) { faults.push(`${lang}: no page`); break; }
            if (files) {
                await page.setInputFiles('input[type=file]', files.split(','));
                await Promise.all([page.waitForEvent('load'), page.click('form:has(input[type=file]) .button-main')]);
            }
            const bytes = (await response.request().sizes()).responseBodySize;
            if (!files && forPhone(path) && bytes > PHONE_BYTES) faults.push(`${lang}: ${bytes} bytes were sent, ${PHONE_BYTES} are a phone's`);
            if (lang === 'zh') for (const href of await page.locator('a[href]').evaluateAll(all => all.map(a => a.getAttribute('href')))) {
                const to = new URL(href, base + path);
                if (to.origin === new URL(base).origin && !aside(to.pathname + to.search)) waiting.push(to.pathname + to.search);
            }
            await look(name, lang, faults);
        }
        for (const url of outside) faults.push(`asks another host: ${url}`);
        for (const e of errors) faults.push(`script: ${e}`);
        failed ||= faults.length > 0;
        listed ||= list.test(name);
        appendFileSync(notes, name + '\n');
        say(`${name}${name === path ? '' : ` (${path})`}`, faults);
    }
    if (seen.size >= LIMIT) { failed = true; say(`no more than ${LIMIT} kinds of page`, [[...seen.keys()].join(' ')]); }
} finally {
    await browser.close();
}
process.exit(failed ? 1 : 0);
