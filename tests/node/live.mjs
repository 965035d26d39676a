// The one script of the pages in a real browser: tabs share one stream, hand it over, and do without what a browser lacks.
//   node live.mjs FOLDER_OF_NPM CHROMIUM FACTS.json
// FACTS: base, and a leader (person, link, last4, team). One TAP line for each scene.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';

const [folder, browserPath, factsFile] = process.argv.slice(2);
const { chromium } = createRequire(`${folder}/`)('playwright-core');
const facts = JSON.parse(readFileSync(factsFile, 'utf8'));
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const PATIENCE_MS = 30000;

let count = 0, failed = false;
// A browser of one's own for each scene: `tab` opens a page in it, `streams` are the addresses of those open now.
async function scene(what, without, play) {
    const context = await browser.newContext({ locale: 'zh-CN' });
    context.setDefaultTimeout(PATIENCE_MS);
    if (without) await context.addInitScript(without);
    const streams = new Set(), polls = [];
    context.on('request', r => {
        if (r.url().includes('/api/v1/events')) streams.add(r);
        if (r.url().includes('/api/v1/changes')) polls.push(r.url());
    });
    for (const end of ['requestfinished', 'requestfailed']) context.on(end, r => streams.delete(r));
    context.on('page', page => page.on('close', () => streams.forEach(r => r.frame().page() === page && streams.delete(r))));
    const tab = async path => {
        const page = await context.newPage();
        await page.goto(new URL(path, facts.base).href);
        return page;
    };
    count++;
    try {
        const page = await tab(facts.leader.link);
        if (!await page.locator('#digits').count()) await page.click('.button-main');
        await page.fill('#digits', facts.leader.last4);
        await Promise.all([page.waitForURL(u => !u.pathname.includes(facts.leader.link)), page.click('.button-main')]);
        await page.close();
        await play({ context, tab, streams, polls, change: () => change(context) });
        console.log(`ok ${count} - ${what}`);
    } catch (e) {
        failed = true;
        console.log(`not ok ${count} - ${what}`);
        console.log(`${e.stack}`.replace(/^/gm, '# '));
    } finally {
        await context.close();
    }
}

async function until(what, yes) {
    const end = Date.now() + PATIENCE_MS;
    while (!await yes()) {
        assert.ok(Date.now() < end, `not within ${PATIENCE_MS / 1000} s: ${what}`);
        await new Promise(done => setTimeout(done, 50));
    }
}
const state = page => page.locator('.live').getAttribute('data-state').catch(() => null);
const becomes = (page, how) => until(`a page is ${how}`, async () => await state(page) === how);
// Something about the leader herself, so every page of hers is to be read again.
async function change(context) {
    const session = (await context.cookies(facts.base)).find(c => c.name === 'muster').value;
    const r = await fetch(new URL('/api/v1/commands/care_rule.set', facts.base), {
        method: 'POST', headers: { Authorization: `Bearer ${session}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ person: String(facts.leader.person), rule: 'no_night', value: 1 }) });
    assert.equal(r.status, 200, await r.text());
}
const mark = page => page.evaluate(() => { window.asItWas = true; });
const reloaded = page => until('a page is read again', () => page.evaluate(() => !window.asItWas).catch(() => false));

await scene('two tabs have one stream, and both are read again', null, async ({ tab, streams, change }) => {
    const first = await tab('/l'), second = await tab('/p');
    for (const page of [first, second]) await becomes(page, 'live');
    assert.equal(streams.size, 1);
    for (const page of [first, second]) await mark(page);
    await change();
    for (const page of [first, second]) await reloaded(page);
    await until('one stream again', () => streams.size === 1);
});

await scene('the one stream is of the topics of all tabs', null, async ({ tab, streams, change }) => {
    const first = await tab('/p/situation');
    await becomes(first, 'live');
    const second = await tab('/l/team/' + facts.team), topic = encodeURIComponent(`team:${facts.team}`);
    await until('it is opened anew', () => streams.size === 1 && [...streams][0].url().includes(topic));
    assert.ok([...streams][0].frame().page() === first);
    for (const page of [first, second]) await becomes(page, 'live');
    for (const page of [first, second]) await mark(page);
    await change();
    for (const page of [first, second]) await reloaded(page);
});

await scene('the tab with the stream is closed: the other goes on', null, async ({ tab, streams, change }) => {
    const first = await tab('/l'), second = await tab('/l');
    for (const page of [first, second]) await becomes(page, 'live');
    const [held] = streams;
    assert.ok(held.frame().page() === first);
    await first.close();
    await until('the other has it', () => streams.size === 1 && [...streams][0].frame().page() === second);
    await becomes(second, 'live');
    await mark(second);
    await change();
    await reloaded(second);
});

await scene('with a field in hand nothing is read again, it is only said', null, async ({ tab, change }) => {
    const first = await tab('/l/team/' + facts.team), page = await tab('/p/situation');
    const field = page.locator('input[type=text], input:not([type]), textarea').first();
    await field.fill('half a sentence');
    await mark(page);
    await becomes(page, 'live');
    await change();
    await page.locator('.live-note').waitFor({ state: 'visible' });
    assert.equal(await field.inputValue(), 'half a sentence');
    assert.ok(await page.evaluate(() => window.asItWas));
    await first.close();
});

await scene('without locks each tab has a stream of its own', () => { delete Navigator.prototype.locks; }, async ({ tab, streams, change }) => {
    const first = await tab('/l'), second = await tab('/l');
    for (const page of [first, second]) await becomes(page, 'live');
    assert.equal(streams.size, 2);
    for (const page of [first, second]) await mark(page);
    await change();
    for (const page of [first, second]) await reloaded(page);
});

await scene('without streams each tab asks', () => { delete window.EventSource; }, async ({ tab, streams, polls, change }) => {
    const first = await tab('/l'), second = await tab('/l');
    for (const page of [first, second]) await becomes(page, 'slow');
    assert.equal(streams.size, 0);
    assert.ok(polls.length >= 2);
    for (const page of [first, second]) await mark(page);
    await change();
    for (const page of [first, second]) await reloaded(page);
});

await browser.close();
process.exit(failed ? 1 : 0);
