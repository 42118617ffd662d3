# Draws a picture for each product of the demo: its category's colours and sign, arranged by its slug.
#	awk -v to=templates/static/product -f sql/demo/picture.awk sql/demo/{saas,image,service,resource}.txt
# The result is kept in the tree; draw again after changing products or this file.

function sign(code, hue, path) { hues[code] = hue; paths[code] = path }

BEGIN {
	FS = ": "
	for (i = 32; i < 127; i++)
		ord[sprintf("%c", i)] = i
	sign("image-free", 158, "M24 5 41 14v20L24 43 7 34V14zM7 14l17 9 17-9M24 23v20")
	sign("image-paid", 176, "M24 5 41 14v20L24 43 7 34V14zM15 24l7 7 12-13")
	sign("software", 214, "M6 9h36v26H6zM6 16h36M18 43h12M24 35v8M14 22l-4 4 4 4M34 22l4 4-4 4M26 20l-4 12")
	sign("saas", 222, "M13 37h22a9 9 0 0 0 1.5-17.9A13 13 0 0 0 11.7 21 8.2 8.2 0 0 0 13 37zM18 28l4 4 8-8")
	sign("template-site", 262, "M6 8h36v32H6zM6 16h36M6 26h14v14M26 23h10M26 29h10M26 35h6")
	sign("template-miniapp", 284, "M14 4h20v40H14zM14 11h20M14 36h20M20 18h8v6h-8zM20 29h8")
	sign("custom-site", 318, "M8 40l3-11L33 7l8 8-22 22zM29 11l8 8M11 29l8 8")
	sign("custom-miniapp", 334, "M12 4h18v40H12zM12 36h18M36 14l6 6-14 14-7 1 1-7z")
	sign("custom-software", 346, "M17 13 6 24l11 11M31 13l11 11-11 11M28 7l-8 34")
	sign("ops-service", 28, "M30 8a10 10 0 0 0-9 13L7 35l6 6 14-14A10 10 0 0 0 40 14l-6 6-6-6 6-6a10 10 0 0 0-4 0z")
	sign("training", 40, "M3 18 24 8l21 10-21 10zM11 22v12c8 6 18 6 26 0V22M45 18v13")
	sign("enterprise-service", 14, "M9 43V7h20v36M29 19h10v24M4 43h40M15 14h8M15 21h8M15 28h8M15 35h8")
	sign("api", 196, "M17 8c-6 0-8 3-8 8v3c0 3-2 5-5 5 3 0 5 2 5 5v3c0 5 2 8 8 8M31 8c6 0 8 3 8 8v3c0 3 2 5 5 5-3 0-5 2-5 5v3c0 5-2 8-8 8M18 24h.1M24 24h.1M30 24h.1")
	sign("tool", 132, "M24 16a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM24 4v6M24 38v6M4 24h6M38 24h6M10 10l4 4M34 34l4 4M38 10l-4 4M14 34l-4 4")
	sign("hardware", 238, "M12 12h24v24H12zM19 19h10v10H19zM18 4v8M30 4v8M18 36v8M30 36v8M4 18h8M4 30h8M36 18h8M36 30h8")
	sign("cloud-app", 206, "M13 30h22a9 9 0 0 0 1.5-17.9A13 13 0 0 0 11.7 14 8.2 8.2 0 0 0 13 30zM24 24v19M17 36l7 7 7-7")
	sign("content", 4, "M6 9h36v30H6zM6 32l10-10 9 9 6-6 11 10M33 14a3 3 0 1 0 0 6 3 3 0 0 0 0-6z")
	sign("cloud-resource", 190, "M8 6h32v10H8zM8 19h32v10H8zM8 32h32v10H8zM14 11h.1M14 24h.1M14 37h.1M22 11h12M22 24h12M22 37h12")
}

$1 == "product" { slug = $2 }
$1 == "category" { draw(slug, $2) }

function hash(s, h, i) {
	h = 7
	for (i = 1; i <= length(s); i++)
		h = (h * 31 + ord[substr(s, i, 1)]) % 1000003
	return h
}

function shapes(h, s, x, y) {
	x = 20 + h % 90
	y = 10 + int(h / 97) % 60
	if (h % 3 == 0)
		s = sprintf("<circle cx='%d' cy='%d' r='92'/><circle cx='%d' cy='%d' r='64'/>", 320 - x, y, x, 200 - y)
	else if (h % 3 == 1)
		s = sprintf("<path d='M0 %d 320 %dV200H0z'/><path d='M0 %d 320 %dV200H0z'/>", 150 - y, 90 + y, 190 - y, 130 + y)
	else
		s = sprintf("<rect x='%d' y='%d' width='150' height='150' rx='24' transform='rotate(%d 160 100)'/><circle cx='%d' cy='%d' r='56'/>", 190 - x, y - 30, 12 + h % 40, 300 - x, 150)
	return s
}

function draw(slug, category, h, hue, file) {
	h = hash(slug)
	hue = hues[category] + h % 17 - 8
	file = to "/" slug ".svg"
	printf "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 200' role='img'>\n" > file
	printf "<defs><linearGradient id='g' x2='1' y2='1'><stop stop-color='hsl(%d,58%%,44%%)'/><stop offset='1' stop-color='hsl(%d,62%%,30%%)'/></linearGradient></defs>\n", hue, hue + 26 > file
	printf "<rect width='320' height='200' fill='url(#g)'/>\n<g fill='#fff' opacity='.1'>%s</g>\n", shapes(h) > file
	printf "<g transform='translate(112 52) scale(2)' fill='none' stroke='#fff' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'><path d='%s'/></g>\n</svg>\n", paths[category] > file
	close(file)
}
