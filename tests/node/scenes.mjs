// What people do on a Friday evening and a Saturday morning, on a phone that runs no script: every tap is a link or a form.
//   node scenes.mjs FOLDER_OF_NPM CHROMIUM FACTS.json evening|morning
// FACTS: base, and who is who (link, last4, person, name). One TAP line for each scene.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';

const [folder, browserPath, factsFile, part] = process.argv.slice(2);
const { chromium } = createRequire(`${folder}/`)('playwright-core');
const facts = JSON.parse(readFileSync(factsFile, 'utf8'));
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

let count = 0, failed = false;
// A phone of one's own for each scene.
async function scene(what, play) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN', viewport: { width: 360, height: 740 } });
    context.setDefaultTimeout(20000);
    count++;
    try {
        const page = await context.newPage();
        await play(page, async path => { await page.goto(new URL(path, facts.base).href); });
        console.log(`ok ${count} - ${what}`);
    } catch (e) {
        failed = true;
        console.log(`not ok ${count} - ${what}`);
        console.log(`${e.stack}`.replace(/^/gm, '# '));
    } finally {
        await context.close();
    }
}
const tap = async target => { await Promise.all([target.page().waitForEvent('load'), target.click()]); };
const said = page => page.locator('main').innerText();
const wrong = page => page.locator('.note-bad[role=alert]').count();
const number = text => Number(text.match(/\d+/)?.[0]);
async function enter(page, go, who) {
    await go(who.link);
    if (!await page.locator('#digits').count()) await tap(page.locator('.button-main'));
    if (await page.locator('#digits').count()) { await page.fill('#digits', who.last4); await tap(page.locator('.button-main')); }
}

const evening = async () => {
    await scene('by the link in the chat group: name, last four digits, one tap', async (page, go) => {
        await go(facts.group);
        await page.selectOption('#person', String(facts.silent.person));
        await page.fill('#digits', '0000' === facts.silent.last4 ? '1111' : '0000');
        await tap(page.locator('.button-main'));
        assert.equal(await wrong(page), 1, 'wrong digits are told');
        assert.equal(await page.inputValue('#person'), String(facts.silent.person), 'and the name is still chosen');
        await page.fill('#digits', facts.silent.last4);
        await tap(page.locator('.button-main'));
        await tap(page.locator('button[name=answer][value=can]').first());
        assert.match(await said(page), /能来/);
        assert.equal(await wrong(page), 0);
    });

    await scene('a liaison rings, keeps what was said with one tap, then the times', async (page, go) => {
        await enter(page, go, facts.liaison);
        await go('/l/calls?show=silent');
        const row = page.locator('ul.calls > li').first();
        if (!await row.locator('button[value=can]').isVisible()) await row.locator('summary').click();
        await tap(row.locator('button[value=can]'));
        assert.equal(await wrong(page), 0, await said(page));
        await page.locator('input[name=saturday]').first().check({ force: true });
        await page.locator('input[name=day]').first().check({ force: true });
        await tap(page.locator('form:has(input[name=saturday]) .button').first());
        assert.equal(await wrong(page), 0, await said(page));
    });

    await scene('somebody falls ill; the leader takes whom she is offered, has the days worked out, publishes', async (page, go) => {
        await enter(page, go, facts.leader);
        const look = () => go(`/l/team/${facts.team}?day=${facts.day}`);
        await go(`/l/team/${facts.team}/need/${facts.need}`);
        const ill = page.locator(`li:has(button[name=duty][value="${facts.ill.duty}"])`);
        await ill.locator('summary').click();
        await tap(ill.locator('form[action$="/excuse"] button'));
        assert.equal(await wrong(page), 0, await said(page));
        await look();
        const short = () => page.locator('section.problem').count();
        const before = await short();
        assert.ok(before > 0, 'a gap is the first thing she sees');
        await tap(page.locator('section.problem button.take').first());
        assert.equal(await wrong(page), 0, await said(page));
        await look();
        assert.equal(await short(), before - 1, 'and it is filled');
        await tap(page.locator('form[action$="/solve"] button'));
        assert.equal(await wrong(page), 0, await said(page));
        for (let i = 0; i < 60 && !await page.locator('.publish').count(); i++) {
            await page.waitForTimeout(1000);
            await look();
        }
        await tap(page.locator('.publish .button-main'));
        assert.equal(await wrong(page), 0, await said(page));
        await look();
        assert.equal(await page.locator('.publish').count(), 0, 'nothing is left to publish');
        assert.doesNotMatch(await page.inputValue('#group'), /1[3-9]\d{9}|\d{3}\*{4}\d{4}/);
    });

    await scene('a volunteer who cannot come asks another, or tells why', async (page, go) => {
        await enter(page, go, facts.volunteer);
        await tap(page.locator('a[href*="/substitute"]').first());
        const other = page.locator('input[name=to_person]').first();
        if (!await other.count()) { // nobody can: she tells the leader
            await tap(page.locator('form[action$="/excuse"] .button').last());
            assert.equal(await wrong(page), 0, await said(page));
            return;
        }
        await other.check({ force: true });
        await tap(page.locator('form[action$="/substitute"] .button-main'));
        assert.equal(await wrong(page), 0, await said(page));
    });

    await scene('one commander writes an order and cannot release it herself', async (page, go) => {
        await enter(page, go, facts.commander);
        await go('/login?to=/desk/orders/new');
        await page.fill('#password', facts.commander.password);
        await tap(page.locator('.button-main'));
        await go('/desk/orders/new');
        await page.fill('#text', '请各队明早八点前到岗。');
        for (const [name, value] of [['report_on', facts.day], ['report_time', '08:00'], ['reply_on', facts.day], ['reply_time', '06:00']])
            await page.fill(`#${name}`, value);
        await page.locator('input[name=org]').first().check();
        await tap(page.locator('main .button-main'));
        assert.equal(await wrong(page), 0, await said(page));
        assert.equal(await page.locator('form[action$="/release"]').count(), 0, 'she has no such button');
        facts.order = new URL(page.url()).pathname;
    });

    await scene('a second one sees what it will do, and releases it', async (page, go) => {
        await enter(page, go, facts.second);
        await go('/login?to=/desk/orders');
        await page.fill('#password', facts.second.password);
        await tap(page.locator('.button-main'));
        await go(facts.order);
        await tap(page.locator('form[action$="/release"] .button').first());
        assert.equal(await wrong(page), 0, await said(page));
        assert.match(await said(page), /已发出|未回复/);
    });
};

const morning = async () => {
    await scene('at the post: its code, a name, four digits', async (page, go) => {
        await go(facts.post);
        await page.locator(`input[name=duty][value="${facts.due.duty}"]`).check({ force: true });
        await page.fill('#digits', facts.due.last4);
        await tap(page.locator('.button-main'));
        assert.equal(await wrong(page), 0, await said(page));
        assert.ok((await said(page)).includes(facts.due.name));
        await go(facts.post);
        assert.equal(await page.locator(`form:not(:has(input[name=act])) input[value="${facts.due.duty}"]`).count(), 0, 'she is asked no more');
    });

    await scene('a volunteer checks in on her own phone', async (page, go) => {
        await enter(page, go, facts.comes);
        await tap(page.locator('form[action$="/check-in"] .button-main').first());
        assert.equal(await wrong(page), 0, await said(page));
        assert.equal(await page.locator('form[action$="/check-out"]').count(), 1);
    });

    await scene('the leader sees both, and ticks the rest', async (page, go) => {
        await enter(page, go, facts.leader);
        await go(`/l/team/${facts.team}/today`);
        const text = await said(page);
        assert.ok(text.includes(facts.due.name) && text.includes(facts.comes.name));
        const present = page.locator('details:has(form[action$="/present"])').first();
        if (await present.count()) {
            await present.locator('summary').click();
            await tap(present.locator('.button-wide'));
            assert.equal(await wrong(page), 0, await said(page));
        }
        assert.ok(number(await page.locator('.figures span').nth(1).innerText()) >= 2);
    });
};

try {
    await (part === 'evening' ? evening : morning)();
} finally {
    await browser.close();
}
process.exit(failed ? 1 : 0);
