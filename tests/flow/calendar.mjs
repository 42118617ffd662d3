// The operator's calendar of working days (NUM-5).
import { assert, fill, instance, parallel, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer operator nginx' })
const admin = await it.client().signIn('admin@demo.test'), support = await it.client().signIn('support@demo.test')
const year = async (n, client = admin) => (await client.json(`/ops/calendar?year=${n}`)).json
const days = async n => (await year(n)).items.map(d => `${d.day},${d.kind},${d.name}`)
const put = fields => admin.submit('/ops/calendar', fields, { action: '/ops/calendar' })
const load = (csv, mode = 'merge') => admin.submit('/ops/calendar', { csv, mode }, { action: '/ops/calendar/import' })

test('NUM-5 the calendar shows a year: holidays, make-up days, working days of each month', async () => {
	const { items, working } = await year(2026)
	assert.equal(items.filter(d => d.kind === 'working').length, 6)
	assert.equal(working, 248)	// 261 from Monday to Friday, less 19 of them that are holidays, and 6 made up for
	const page = await admin.get('/ops/calendar?year=2026')
	assert.equal((page.html.match(/<table class="month">/g) ?? []).length, 12)
	assert.equal((page.html.match(/class="holiday/g) ?? []).length, 33)
	assert.ok(page.text.includes('共 248 个工作日'))
	for (const bad of ['x', '1999', '2101', '-1']) assert.equal((await admin.json(`/ops/calendar?year=${bad}`)).status, 422, bad)
	assert.equal((await admin.get('/ops/calendar?year=x')).status, 422)
	assert.equal((await year(2030)).working, 261)
})

test('NUM-5 a day is added, changed and removed; the change stands in the audit log', async () => {
	assert.equal((await put({ day: '2030-10-01', kind: 'holiday', name: '国庆节' })).location, '/ops/calendar?year=2030')
	assert.deepEqual(await days(2030), ['2030-10-01,holiday,国庆节'])
	await put({ day: '2030-10-01', kind: 'holiday', name: '国庆' })
	await put({ day: '2030-10-05', kind: 'working', name: '国庆调休' })
	assert.deepEqual(await days(2030), ['2030-10-01,holiday,国庆', '2030-10-05,working,国庆调休'])
	assert.equal((await year(2030)).working, 261)
	const gone = () => admin.submit('/ops/calendar?year=2030', {}, { action: '/ops/calendar/2030-10-01/remove' })
	const form = Object.fromEntries(fill((await admin.get('/ops/calendar?year=2030')).form('/ops/calendar/2030-10-01/remove'), {}))
	assert.equal((await gone()).location, '/ops/calendar?year=2030')
	assert.equal((await admin.post('/ops/calendar/2030-10-01/remove', form)).status, 404)
	for (const day of ['x', '2030-02-30']) assert.equal((await admin.post(`/ops/calendar/${day}/remove`, { ...form, key: `key-of-${day}-1` })).status, 404, day)
	assert.deepEqual(await days(2030), ['2030-10-05,working,国庆调休'])
	const log = (await admin.json('/ops/audit?kind=system')).json.items.filter(e => e.event === 'calendar_put')
	assert.deepEqual(log.map(e => e.details.after[0][2]), ['国庆调休', '国庆', '国庆节'])
	assert.deepEqual(log[1].details.before, [['2030-10-01', 'holiday', '国庆节']])
})

test('NUM-5 a bad day is refused at its field, and what was typed stays', async () => {
	const refused = [
		[{ day: '2030-02-30', kind: 'holiday', name: 'x' }, '请输入有效的日期'], [{ day: '', kind: 'holiday', name: 'x' }, '此项必填'],
		[{ day: '2030-10-07', kind: 'working', name: '调休' }, '本来就是工作日'], [{ day: '2199-01-01', kind: 'holiday', name: '远' }, '2000 年至 2100 年'],
		[{ day: '2030-10-07', kind: 'holiday', name: '' }, '此项必填'], [{ day: '2030-10-07', kind: 'holiday', name: '长'.repeat(61) }, '最多 60 个字符'],
	]
	for (const [fields, says] of refused) {
		const page = await put(fields)
		assert.equal(page.status, 422, says)
		assert.ok(page.text.includes(says), says)
		if (fields.day) assert.ok(page.html.includes(`value="${fields.day}"`), says)
	}
	assert.deepEqual(await days(2030), ['2030-10-05,working,国庆调休'])
})

test('NUM-5 a CSV text is imported whole or not at all; each bad line is named', async () => {
	const bad = '日期,类型,名称\n2031-01-01,放假,元旦\n2031-02-30,放假,x\n2031-05-01,休息,劳动节\n2031-01-01,holiday,again\n2031-01-06,working,周一\n1999-01-01,holiday,y\n2031-05-02,holiday\n2031-05-03,holiday,\n'
	const page = await load(bad)
	assert.equal(page.status, 422)
	for (const says of ['第 3 行：日期无效', '第 4 行：类型应为', '第 5 行：这一天在文件中已经出现过', '第 6 行：这一天是周一至周五', '第 7 行：日期须在', '第 8 行：应有三列', '第 9 行：名称应为'])
		assert.ok(page.text.includes(says), says)
	assert.ok(!page.text.includes('第 2 行'))
	assert.ok(page.html.includes('2031-05-01,休息,劳动节'))
	assert.deepEqual(await days(2031), [])
	for (const nothing of ['日期,类型,名称', '']) assert.equal((await load(nothing)).status, 422)
	assert.equal((await load('2031-01-01,放假,元旦\r\n"2031-01-04", 班 ,"元旦, 调休"\r\n')).location, '/ops/calendar?year=2031')
	assert.deepEqual(await days(2031), ['2031-01-01,holiday,元旦', '2031-01-04,working,元旦, 调休'])
})

test('NUM-5 merging keeps other days, replacing makes the year what the text says; export gives what import takes', async () => {
	await load('2031-05-01,holiday,劳动节\n2031-01-01,holiday,新年', 'merge')
	assert.deepEqual(await days(2031), ['2031-01-01,holiday,新年', '2031-01-04,working,元旦, 调休', '2031-05-01,holiday,劳动节'])
	const file = await admin.get('/ops/calendar.csv?year=2031')
	assert.equal(file.headers['content-type'], 'text/csv; charset=utf-8')
	assert.match(file.headers['content-disposition'], /attachment; filename="calendar-2031\.csv"/)
	await load('2031-10-01,holiday,国庆节', 'replace')
	assert.deepEqual(await days(2031), ['2031-10-01,holiday,国庆节'])
	assert.deepEqual(await days(2030), ['2030-10-05,working,国庆调休'])
	await load(file.body.toString(), 'replace')
	assert.deepEqual(await days(2031), ['2031-01-01,holiday,新年', '2031-01-04,working,元旦, 调休', '2031-05-01,holiday,劳动节'])
})

test('NUM-5 a file is imported as the text is; what is no text is refused', async () => {
	const upload = async bytes => {
		const form = (await admin.get('/ops/calendar')).form('/ops/calendar/import'), line = '----Line7'
		const parts = fill(form, { mode: 'merge' }).map(([k, v]) => Buffer.from(`--${line}\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`))
		parts.push(Buffer.from(`--${line}\r\ncontent-disposition: form-data; name="file"; filename="days.csv"\r\ncontent-type: text/csv\r\n\r\n`), bytes, Buffer.from(`\r\n--${line}--\r\n`))
		return admin.request('POST', '/ops/calendar/import', { body: Buffer.concat(parts),
			headers: { 'content-type': `multipart/form-data; boundary=${line}`, origin: it.url, 'sec-fetch-site': 'same-origin' } })
	}
	assert.equal((await upload(Buffer.from('\ufeff日期,类型,名称\r\n2034-05-01,放假,劳动节\r\n'))).location, '/ops/calendar?year=2034')
	assert.deepEqual(await days(2034), ['2034-05-01,holiday,劳动节'])
	for (const [bytes, says] of [[Buffer.from([0xff, 0xfe, 0x32, 0x00]), '不是有效的 UTF-8'], [Buffer.from('2034-05-02,放假'), '第 1 行：应有三列'], [Buffer.from('2034\0-05-02'), 'UTF-8']]) {
		const page = await upload(bytes)
		assert.equal(page.status, 422, says)
		assert.ok(page.text.includes(says), says)
	}
	assert.equal((await upload(Buffer.alloc(200 << 10, 'x'))).status, 422)
	assert.deepEqual(await days(2034), ['2034-05-01,holiday,劳动节'])
})

test('NUM-5 IFC-3 sent twice, it is done once', async () => {
	const form = Object.fromEntries(fill((await admin.get('/ops/calendar?year=2032')).form('/ops/calendar'), { day: '2032-05-03', kind: 'holiday', name: '劳动节' }))
	const answers = await parallel(4, () => admin.tab().post('/ops/calendar', form))
	assert.deepEqual(answers.map(a => a.status), Array(4).fill(303))
	assert.equal((await admin.json('/ops/audit?kind=system')).json.items.filter(e => e.details?.after?.[0]?.[0] === '2032-05-03').length, 1)
})

test('ACC-2 everybody at the desk reads the calendar, administrators change it', async () => {
	const page = await support.get('/ops/calendar')
	assert.equal(page.status, 200)
	assert.ok(!page.html.includes('action="/ops/calendar"'))
	const csrf = fill(page.form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	for (const path of ['/ops/calendar', '/ops/calendar/import', '/ops/calendar/2031-01-01/remove']) assert.equal((await support.post(path, { csrf })).status, 403, path)
})
