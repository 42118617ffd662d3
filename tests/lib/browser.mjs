// Chromium for a test file, and the accessibility check of a page.
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { scratch } from './instance.mjs'
import { atEnd } from './tap.mjs'

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
	'--disable-sync', '--disable-dev-shm-usage']

/** A person's browser with a profile of its own.  options: viewport, locale, javaScriptEnabled, colorScheme … */
export async function browser(options = {}) {
	const profile = scratch('browser')
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: flags, locale: 'zh-CN', viewport: { width: 1280, height: 900 }, ...options,
	})
	context.setDefaultTimeout(15_000)
	atEnd(async () => { await context.close(); rmSync(profile, { recursive: true, force: true }) })
	return context
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What is wrong with the page for people who use it otherwise than by sight and mouse: one line each, none when all is well. */
export async function accessibility(page) {
	await page.evaluate(axe)
	const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
	return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.target.join(' ')}`))
}

/** Errors of script, of the console and of addresses that do not answer, as they come: a list that stays empty on a good page. */
export function complaints(page) {
	const list = []
	page.on('pageerror', e => list.push(`script: ${e.message}`))
	page.on('console', m => { if (m.type() === 'error' && !/^Failed to load resource/.test(m.text())) list.push(`${page.url()}: console: ${m.text()}`) })
	page.on('requestfailed', r => { if (r.failure()?.errorText !== 'net::ERR_ABORTED') list.push(`${r.url()}: ${r.failure()?.errorText}`) })
	// A page itself may be an answer that refuses; what it loads may not.
	page.on('response', r => { if (r.status() >= 400 && r.request().resourceType() !== 'document') list.push(`${r.url()}: ${r.status()}`) })
	return list
}

/** see(page): looks at a page on a desk in the light and on a telephone in the dark, and adds to `wrong` what is at fault.  With SHOTS, a folder, it keeps pictures there. */
export function viewer(name, wrong) {
	let shot = 0
	return async page => {
		for (const [width, colorScheme] of [[390, 'dark'], [1440, 'light']]) {
			await page.setViewportSize({ width, height: 900 })
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
			const faults = await accessibility(page)
			if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push('too wide')
			wrong.push(faults.map(f => `${new URL(page.url()).pathname} at ${width}: ${f}`))
			if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${String(++shot).padStart(3, '0')}-${width}.png`, fullPage: true })
		}
	}
}
